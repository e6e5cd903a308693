"""Files that nobody should send: each made here, small, by what is wrong with it."""

import io
import struct
import zipfile
import zlib
from functools import cache

ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9))
BOMB_XML = f'<?xml version="1.0"?><!DOCTYPE b [{ENTITIES}]><quiz><question type="essay">&a8;</question></quiz>'.encode()
FETCHING_XML = b'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'
OFFICE = "http://schemas.openxmlformats.org"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="window.ran=1"><script>window.ran=1</script></svg>'


def a_zip(*entries: tuple[zipfile.ZipInfo | str, bytes | str]) -> bytes:
    """An archive of these entries, in whatever state."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def a_link() -> zipfile.ZipInfo:
    """An entry that is a symbolic link."""
    entry = zipfile.ZipInfo("kursus/tautan.md")
    entry.external_attr = 0o120777 << 16
    return entry


def a_book(sheet: bytes) -> bytes:
    """An XLSX whose only sheet says this."""
    book = (
        f'<workbook xmlns="{OFFICE}/spreadsheetml/2006/main"><sheets><sheet name="a" sheetId="1"/></sheets></workbook>'
    )
    kinds = f'<Types xmlns="{OFFICE}/package/2006/content-types"/>'
    return a_zip(("[Content_Types].xml", kinds), ("xl/workbook.xml", book), ("xl/worksheets/sheet1.xml", sheet))


def a_png(width: int, height: int) -> bytes:
    """A picture that says it is so large, in a few bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def without_end(data: bytes) -> bytes:
    """The first half of a file."""
    return data[: len(data) // 2]


def with_a_wrong_sum(data: bytes) -> bytes:
    """An archive whose content is not what its sum says."""
    place = data.index(b"isi yang benar")
    return data[:place] + b"isi yang salah" + data[place + 14 :]


def stored(name: str, content: bytes) -> bytes:
    """An archive of one entry that is not compressed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


@cache
def files() -> dict[str, tuple[str, bytes]]:
    """Name and content of each, by what is wrong with it."""
    swollen = bytes(70 * 1024 * 1024)
    return {
        "nothing": ("kosong.xlsx", b""),
        "a program": ("daftar.xlsx", b"\x7fELF\x02\x01\x01" + bytes(400)),
        "noise": ("daftar.csv", bytes(range(256)) * 20),
        "a page": ("daftar.csv", b"<!doctype html><script>window.ran=1</script>"),
        "a zip bomb": ("soal.zip", a_zip(("imsmanifest.xml", swollen))),
        "a bomb in a book": ("daftar.xlsx", a_book(swollen)),
        "entities": ("soal.xml", BOMB_XML),
        "entities in a book": ("daftar.xlsx", a_book(BOMB_XML)),
        "entities in an archive": ("soal.zip", a_zip(("imsmanifest.xml", FETCHING_XML))),
        "a file of the machine": ("soal.xml", FETCHING_XML),
        "a way out": ("kursus.zip", a_zip(("../../keluar.md", b"# keluar"))),
        "a way out by backslash": ("kursus.zip", a_zip(("..\\..\\keluar.md", b"# keluar"))),
        "a way to the root": ("kursus.zip", a_zip(("/etc/keluar.md", b"# keluar"))),
        "a link": ("kursus.zip", a_zip((a_link(), b"/etc/passwd"))),
        "half an archive": ("kursus.zip", without_end(a_zip(("a.md", bytes(range(256)) * 40)))),
        "a wrong sum": ("kursus.zip", with_a_wrong_sum(stored("a.md", b"isi yang benar"))),
        "a picture of 40,000 by 40,000": ("foto.png", a_png(40_000, 40_000)),
        "a picture without an end": ("foto.png", without_end(a_png(30, 30))),
        "a drawing that runs": ("gambar.svg", SVG),
        "a drawing with entities": ("gambar.svg", BOMB_XML.replace(b"quiz", b"svg")),
        "a PDF without an end": ("sertifikat.pdf", b"%PDF-1.7\n1 0 obj<</Length 99999999999>>stream\n"),
        "a PDF that is none": ("sertifikat.pdf", b"%PDF-" + bytes(range(256)) * 40),
        "a name that climbs": ("../../../etc/cron.d/x\x00.xlsx", b"\x7fELF" + bytes(40)),
    }
