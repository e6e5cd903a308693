"""Pictures that people send: told apart by their content, drawn anew and small, with nothing else in them. Pillow."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _

MOST_BYTES, MOST_PIXELS = 12 * 1024 * 1024, 60_000_000
EDGE, ENOUGH = 1280, 150_000
QUALITIES = (70, 55, 40, 30)
KNOWN = ("JPEG", "PNG", "WEBP")
HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def redrawn(data: bytes) -> bytes:
    """The picture as a small JPEG without place, time or camera in it; Invalid for what is none, in plain words."""
    if len(data) > MOST_BYTES:
        raise Invalid(_("Foto ini terlalu besar. Paling besar 12 MB."), "photo")
    if data[4:8] == b"ftyp" and data[8:12] in HEIC:
        raise Invalid(_("Foto HEIC belum bisa dibuka. Atur kamera ke JPEG, lalu ambil lagi."), "photo")
    try:
        with Image.open(io.BytesIO(data), formats=KNOWN) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Invalid(_("Foto ini terlalu besar. Perkecil dulu."), "photo")
            if not _is_whole(opened.format or "", data):
                raise ValueError("the file ends before the picture does")
            opened.draft("RGB", (EDGE, EDGE))
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise Invalid(_("Berkas ini bukan foto yang bisa dibuka. Pilih foto JPEG atau PNG."), "photo") from problem
    picture.thumbnail((EDGE, EDGE))
    return _small(picture)


def _is_whole(kind: str, data: bytes) -> bool:
    """True if the end of the picture is there; libraries in one process with us let Pillow fill up what is missing."""
    if kind == "JPEG":
        return b"\xff\xd9" in data[len(data) // 2 :]
    return b"IEND" in data[-64:] if kind == "PNG" else int.from_bytes(data[4:8], "little") <= len(data)


def _small(picture: Image.Image) -> bytes:
    """The bytes, in the best quality that is small enough; of a picture that never is, in the poorest."""
    bytes_ = b""
    for quality in QUALITIES:
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=quality, optimize=True)
        bytes_ = file.getvalue()
        if len(bytes_) <= ENOUGH:
            break
    return bytes_
