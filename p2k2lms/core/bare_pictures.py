"""Tells whether the bytes of a picture hold the picture and nothing else: no place, no camera, no comment, no tail."""

import re
from collections.abc import Iterator

PNG_PARTS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
WEBP_PARTS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
JPEG_PARTS = {0xC0, 0xC2, 0xC4, 0xDB, 0xDD, 0xE0}  # frames, tables, the rhythm of restarts, and the plain JFIF head
_JPEG_MORE = re.compile(rb"\xff[\xe0-\xef\xfe]")
SCAN, END = 0xDA, b"\xff\xd9"


def is_bare(format_: str, data: bytes) -> bool:
    """True if nothing stands in the file that is not needed to show it; in doubt False."""
    if format_ == "JPEG":
        return _is_bare_jpeg(data)
    parts, known = (_png(data), PNG_PARTS) if format_ == "PNG" else (_webp(data), WEBP_PARTS)
    return all(name in known for name in parts)


def _is_bare_jpeg(data: bytes) -> bool:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        kind, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if kind == SCAN:
            return data.find(END, at) == len(data) - 2 and not _JPEG_MORE.search(data, at + 2)
        if kind not in JPEG_PARTS:
            return False
        at += 2 + length
    return False


def _png(data: bytes) -> Iterator[bytes]:
    """The names of the parts; one that is empty for what comes after the last."""
    at, name = 8, b""
    while at + 8 <= len(data) and name != b"IEND":
        name = data[at + 4 : at + 8]
        at += 12 + int.from_bytes(data[at : at + 4], "big")
        yield name
    if at != len(data):
        yield b""


def _webp(data: bytes) -> Iterator[bytes]:
    """The names of the parts; one that is empty for what comes after the last."""
    at = 12
    while at + 8 <= len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        yield data[at : at + 4]
        at += 8 + length + length % 2
    if at != len(data):
        yield b""
