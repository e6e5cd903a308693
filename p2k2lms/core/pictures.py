"""Pictures that people send: told apart by their content, drawn anew and small, with nothing else in them. Pillow."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from p2k2lms.core.bare_pictures import is_bare
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _

MOST_BYTES, MOST_PIXELS = 12 * 1024 * 1024, 60_000_000
EDGE, ENOUGH = 1280, 150_000
QUALITIES = (70, 55, 40, 30)
SHRINKING = (1, 0.75, 0.5, 0.35)
KINDS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


@dataclass(frozen=True)
class Fitted:
    """A picture as it is kept: its bytes, its kind as file names end, its measures."""

    body: bytes
    kind: str
    width: int
    height: int


def is_photo(data: bytes) -> bool:
    """True for what begins as a photo does, whatever its name says; it may still be broken."""
    heic = data[4:8] == b"ftyp" and data[8:12] in HEIC
    return heic or data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n")) or (data[:4], data[8:12]) == (b"RIFF", b"WEBP")


def redrawn(data: bytes) -> bytes:
    """The picture as a small JPEG without place, time or camera in it; Invalid for what is none, in plain words."""
    _format, picture = _opened(data, EDGE)
    picture = picture.convert("RGB")
    picture.thumbnail((EDGE, EDGE))
    return _small(picture, "JPEG", ENOUGH)


def fitted(data: bytes, edge: int, most: int) -> Fitted:
    """The picture in its own format, within `edge` pixels and `most` bytes and with nothing else in it.

    What is so already stays byte for byte, so that the same file has the same hash wherever it is taken in.
    """
    format_, picture = _opened(data, edge)
    if max(picture.size) > edge or len(data) > most or not is_bare(format_, data):
        data, picture = _within(picture, format_, edge, most)
    return Fitted(data, KINDS[format_], picture.width, picture.height)


def _opened(data: bytes, edge: int) -> tuple[str, Image.Image]:
    """The format and the picture, upright; a JPEG may come smaller than it is, but not below `edge`."""
    if len(data) > MOST_BYTES:
        raise Invalid(_("Foto ini terlalu besar. Paling besar 12 MB."), "photo")
    if data[4:8] == b"ftyp" and data[8:12] in HEIC:
        raise Invalid(_("Foto HEIC belum bisa dibuka. Atur kamera ke JPEG, lalu ambil lagi."), "photo")
    try:
        with Image.open(io.BytesIO(data), formats=tuple(KINDS)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Invalid(_("Foto ini terlalu besar. Perkecil dulu."), "photo")
            format_ = opened.format or ""
            if not _is_whole(format_, data):
                raise ValueError("the file ends before the picture does")
            if max(opened.size) > edge:
                opened.draft("RGB", (edge, edge))
            return format_, ImageOps.exif_transpose(opened)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise Invalid(_("Berkas ini bukan foto yang bisa dibuka. Pilih foto JPEG atau PNG."), "photo") from problem


def _is_whole(kind: str, data: bytes) -> bool:
    """True if the end of the picture is there; libraries in one process with us let Pillow fill up what is missing."""
    if kind == "JPEG":
        return b"\xff\xd9" in data[len(data) // 2 :]
    return b"IEND" in data[-64:] if kind == "PNG" else int.from_bytes(data[4:8], "little") <= len(data)


def _within(picture: Image.Image, format_: str, edge: int, most: int) -> tuple[bytes, Image.Image]:
    """Smaller and smaller until it is light enough; what never is comes as small as we make it."""
    picture = picture.convert("RGBA" if picture.has_transparency_data and format_ != "JPEG" else "RGB")
    data, smaller = b"", picture
    for share in SHRINKING:
        smaller = picture.copy()
        smaller.thumbnail((int(edge * share), int(edge * share)))
        data = _small(smaller, format_, most)
        if len(data) <= most:
            break
    return data, smaller


def _small(picture: Image.Image, format_: str, enough: int) -> bytes:
    """The bytes, in the best quality that is small enough; of a picture that never is, in the poorest."""
    bytes_ = b""
    for quality in QUALITIES:
        file = io.BytesIO()
        drawn = picture.quantize(quality * 3) if format_ == "PNG" and quality < QUALITIES[0] else picture
        drawn.save(file, format_, quality=quality, optimize=True)
        bytes_ = file.getvalue()
        if len(bytes_) <= enough:
            break
    return bytes_
