"""Opens ZIP files of strangers, in memory: nothing climbs out, nothing swells beyond measure."""

import io
import lzma
import posixpath
import stat
import zipfile
import zlib

from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _

MOST_FILES, MOST_UNPACKED, MOST_RATIO = 12_000, 40 * 1024 * 1024, 200
MOST_PACKED = 20 * 1024 * 1024
ENOUGH_TO_JUDGE = 100_000  # bytes below which a ratio says nothing
PIECE = 64 * 1024
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)


def read(data: bytes) -> dict[str, bytes]:
    """Every file of the archive by its path; Invalid, with the place, for what should not be opened."""
    found: dict[str, bytes] = {}
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES:
                raise Invalid(_("Arsip ini berisi terlalu banyak berkas."), "file")
            for entry in entries:
                _must_be_sound(entry)
                found[entry.filename] = _unpack(archive, entry, left)
                left -= len(found[entry.filename])
    except BROKEN as problem:
        raise Invalid(_("Arsip ini rusak. Buat sekali lagi, lalu unggah."), "file") from problem
    if not found:
        raise Invalid(_("Arsip ini kosong."), "file")
    return found


def _must_be_sound(entry: zipfile.ZipInfo) -> None:
    if not is_inside(entry.filename):
        raise Invalid(_("Arsip ini memuat jalur yang keluar dari mapnya: %(path)s", path=entry.filename[:80]), "file")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Invalid(_("Arsip ini memuat tautan berkas: %(path)s", path=entry.filename[:80]), "file")
    if entry.flag_bits & 1:
        raise Invalid(_("Arsip ini bersandi. Buat tanpa sandi, lalu unggah."), "file")


def is_inside(path: str) -> bool:
    """True for a path that stays below its folder, on any system."""
    plain = path.replace("\\", "/")
    whole = posixpath.normpath(plain)
    return not (plain.startswith("/") or whole.startswith("..") or ":" in plain or "\x00" in plain)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """The bytes of one file, counted while they come: what an archive says of itself is no measure."""
    most = min(left, max(ENOUGH_TO_JUDGE, entry.compress_size * MOST_RATIO))
    pieces, size = [], 0
    with archive.open(entry) as file:
        while piece := file.read(PIECE):
            size += len(piece)
            if size > most:
                raise Invalid(_("Isi arsip ini terlalu besar."), "file")
            pieces.append(piece)
    return b"".join(pieces)


def write(files: dict[str, bytes]) -> bytes:
    """An archive of these files, the same bytes each time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
