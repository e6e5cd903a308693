"""Forty items of each format through the pages: faults by row, the mended file, and out and in again unchanged."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from p2k2lms.core import workbook
from p2k2lms.plugins.assessment.formats import WRITERS, table
from p2k2lms.plugins.assessment.formats.question import KINDS, Amount, Option, Pair, Question, Variant
from p2k2lms.plugins.catalogue import service as catalogue
from tests.conftest import an_actor
from tests.factories.catalogue import TINY, a_course

MANY = 40
PARTS = {
    "single": lambda n: {"options": (Option(f"satu {n}", True, "Ya."), Option("dua", False, "Bukan."), Option("tiga"))},
    "multiple": lambda n: {"options": (Option(f"satu {n}", True), Option("dua", True), Option("tiga"))},
    "truefalse": lambda n: {"options": (Option("Benar", n % 4 == 0), Option("Salah", n % 4 != 0))},
    "ordering": lambda n: {"order": (f"satu {n}", "dua", "tiga")},
    "matching": lambda n: {"pairs": (Pair(f"kiri {n}", "a"), Pair("lain", "b"), Pair("", "c"))},
    "short": lambda n: {"variants": (Variant(f"Banjar {n}"), Variant("Banjarbaru"))},
    "numeric": lambda n: {"amounts": (Amount(float(n), 0.5),)},
}


def of_kinds(*kinds: str) -> list[Question]:
    return [
        Question(kind, f"Pertanyaan nomor {n}?", **PARTS[kind](n)) for n, kind in enumerate((kinds * MANY)[:MANY], 1)
    ]


EVERY, SINGLES = of_kinds(*KINDS), of_kinds("single")


def as_gift(fault: str) -> bytes:
    return WRITERS["gift"].write(EVERY) + f"\n\n::Yang terakhir:: Siapa? {{=Ayah ~Ibu {fault}\n".encode()


def as_moodle(fault: str) -> bytes:
    last = f'<question type="{fault}"><name><text>Akhir</text></name><questiontext><text>Siapa?</text></questiontext>'
    answers = "".join(
        f'<answer fraction="{share}"><text>{text}</text></answer>' for share, text in ((100, "Ayah"), (0, "Ibu"))
    )
    return WRITERS["moodle"].write(EVERY).replace(b"</quiz>", f"{last}{answers}</question></quiz>".encode())


def as_qti2(fault: str) -> bytes:
    """The package with one more question, whose file has the name that the manifest says, or another."""
    made, last = io.BytesIO(), Question("single", "Siapa?", (Option("Ayah", True), Option("Ibu")))
    parts = [zipfile.ZipFile(io.BytesIO(WRITERS["qti"].write(some))) for some in (EVERY, [last])]
    item = next(name for name in parts[1].namelist() if name != "imsmanifest.xml")
    with zipfile.ZipFile(made, "w") as archive:
        for name in parts[0].namelist():
            content = parts[0].read(name)
            if name == "imsmanifest.xml":
                more = b'<resource identifier="akhir" type="imsqti_item_xmlv2p2" href="akhir.xml"/></resources>'
                content = content.replace(b"</resources>", more)
            archive.writestr(name, content)
        archive.writestr(fault, parts[1].read(item))
    return made.getvalue()


def rows(fault: str) -> list[list[str]]:
    last = {"soal": "Siapa?", "kunci": fault, "pilihan 1": "Ayah", "pilihan 2": "Ibu"}
    return [*map(list, table.rows(EVERY)), [last.get(name, "") for name in table.COLUMNS]]


def as_xlsx(fault: str) -> bytes:
    return b"".join(workbook.as_xlsx(rows(fault)))


def as_csv(fault: str) -> bytes:
    quoted = (";".join('"' + str(cell).replace('"', '""') + '"' for cell in row) for row in rows(fault))
    return "\r\n".join(quoted).encode("cp1252")


def lettered(one: Question, star: str = "") -> str:
    """The stem with its options by letter, the first of them starred."""
    lines = [f"{'ABC'[at]}. {option.text}" for at, option in enumerate(one.options)]
    return "\n".join([one.stem, star + lines[0], *lines[1:]])


def as_text(fault: str) -> bytes:
    blocks = [f"{n}. {lettered(one, '*')}" for n, one in enumerate(SINGLES, 1)]
    return "\n\n".join([*blocks, f"41. Siapa?\n{fault}a. Ayah\nb. Ibu"]).encode()


def as_aiken(fault: str) -> bytes:
    blocks = [f"{lettered(one)}\nANSWER: A" for one in SINGLES]
    return "\n\n".join([*blocks, f"Siapa?\nA. Ayah\nB. Ibu\n{fault}"]).encode()


def as_qti1(fault: str) -> bytes:
    def item(ident: str, stem: str, texts: tuple[str, ...], kind: str) -> str:
        labels = "".join(
            f'<response_label ident="{n}"><material><mattext>{text}</mattext></material></response_label>'
            for n, text in enumerate(texts)
        )
        asked = f'<response_lid ident="r"><render_choice>{labels}</render_choice></response_lid>'
        key = '<respcondition><conditionvar><varequal respident="r">0</varequal></conditionvar>'
        key += '<setvar action="Set" varname="SCORE">100</setvar></respcondition>'
        field = "<fieldlabel>question_type</fieldlabel>"
        meta = f"<qtimetadatafield>{field}<fieldentry>{kind}</fieldentry></qtimetadatafield>"
        return (
            f'<item ident="{ident}" title="{ident}"><itemmetadata><qtimetadata>{meta}</qtimetadata></itemmetadata>'
            f"<presentation><material><mattext>{stem}</mattext></material>{asked if kind != 'essay_question' else ''}"
            f"</presentation><resprocessing>{key if kind != 'essay_question' else ''}</resprocessing></item>"
        )

    items = [
        item(f"i{n}", one.stem, tuple(o.text for o in one.options), "multiple_choice_question")
        for n, one in enumerate(SINGLES)
    ]
    body = "".join([*items, item("akhir", "Siapa?", ("Ayah", "Ibu"), fault)])
    return f"<questestinterop><assessment><section>{body}</section></assessment></questestinterop>".encode()


@dataclass(frozen=True)
class Sheet:
    """How a file is made with its last question faulty or mended, and where the fault is told."""

    make: Callable[[str], bytes]
    faulty: str
    mended: str
    place: str


SHEETS = {
    "GIFT": Sheet(as_gift, "", "}", "baris "),
    "Moodle XML": Sheet(as_moodle, "essay", "multichoice", "Akhir"),
    "QTI 2": Sheet(as_qti2, "lain.xml", "akhir.xml", "akhir.xml"),
    "XLSX": Sheet(as_xlsx, "D", "A", "baris 42"),
    "CSV": Sheet(as_csv, "D", "A", "baris 42"),
    "Teks": Sheet(as_text, "", "*", "baris "),
    "Aiken": Sheet(as_aiken, "", "ANSWER: A", "baris "),
    "QTI 1.2": Sheet(as_qti1, "essay_question", "multiple_choice_question", "akhir"),
}


def looked(author, data: bytes):
    page = author.post(f"/studio/soal/{TINY}/impor", data={"file": (io.BytesIO(data), "soal"), "do": "look"})
    assert page.status_code == 200, page.text
    return page.text


def take_in(author, page: str) -> None:
    kept = page.split('name="kept" value="')[1].split('"', maxsplit=1)[0]
    assert author.post(f"/studio/soal/{TINY}/impor", data={"kept": kept, "do": "apply"}).status_code == 303


@pytest.mark.parametrize("name", SHEETS)
def test_forty_items_come_in_with_a_fault_told_are_mended_and_go_out_and_in_equal(app, sign_in, name):
    a_course()
    sheet, author = SHEETS[name], sign_in(an_actor(7, "widyaiswara"))
    had = len(catalogue.bank(TINY).items)
    page = looked(author, sheet.make(sheet.faulty))
    assert f"{MANY} soal terbaca" in page
    assert "1 hal tidak terbawa" in page
    assert sheet.place in page.split("hal tidak terbawa")[1].split("</section>")[0]
    take_in(author, page)
    page = looked(author, sheet.make(sheet.mended))
    assert "0 baru, 0 mengganti, 40 sudah ada, 1 perlu dilengkapi." in page
    assert "tidak terbawa" not in page
    take_in(author, page)
    bank = catalogue.bank(TINY)
    assert (len(bank.arrived), len(bank.items)) == (MANY + 1, had + MANY + 1)
    for format in WRITERS:
        file = author.get(f"/studio/soal/{TINY}/ekspor/{format}").data
        assert f"0 baru, 0 mengganti, {had + MANY + 1} sudah ada, 0 perlu dilengkapi." in looked(author, file), format
