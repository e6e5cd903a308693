"""The bank of items in the studio: written without script, brought in after a look, nothing typed is lost."""

import io
import re
from datetime import timedelta

import pytest

from p2k2lms.core import clock
from p2k2lms.core.errors import Invalid
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment import service
from p2k2lms.plugins.assessment.formats import MOST_BYTES
from p2k2lms.plugins.assessment.formats.question import KINDS
from p2k2lms.plugins.assessment.item_forms import data_of, fields_of
from p2k2lms.plugins.assessment.queries import sent
from p2k2lms.plugins.assessment.rules import writing
from p2k2lms.plugins.assessment.rules.writing import Choice
from p2k2lms.plugins.assessment.words import field_words
from p2k2lms.plugins.catalogue import service as catalogue
from tests.conftest import an_actor
from tests.factories.catalogue import TINY, a_course
from tests.plugins.assessment.test_formats import EXAMPLES

AUTHOR = an_actor(7, "widyaiswara")
PLACE = {"objective": "m1-s01-t1", "form": "cek", "reread": "m1-s01-l01", "stem": "Apa yang baru?"}
FILLED = {
    "single": {"text-1": "a", "text-2": "b", "text-3": "c", "right": "2", "why-1": "x", "why-2": "y", "why-3": "z"},
    "multiple": {f"text-{n}": t for n, t in enumerate("abc", 1)}
    | {"correct-1": "1", "correct-2": "1"}
    | {f"why-{n}": "x" for n in (1, 2, 3)},
    "truefalse": {"right": "1", "why-1": "x", "why-2": "y"},
    "ordering": {"text-1": "satu", "text-2": "dua", "text-3": "tiga", "why": "Begitu."},
    "matching": {f"left-{n}": f"k{n}" for n in (1, 2, 3)}
    | {f"right-{n}": f"n{n}" for n in (1, 2, 3)}
    | {"spare-1": "n9", "why": "x"},
    "short": {"text-1": "Banjarbaru", "text-2": "Banjar", "share-2": "0,5", "why": "x"},
    "numeric": {"value-1": "2,5", "tolerance-1": "0,5", "why": "x"},
}


@pytest.fixture
def author(app, sign_in):
    a_course()
    return sign_in(AUTHOR)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_written_previewed_and_opened_again_without_script(author, kind):
    address = f"/studio/soal/{TINY}/baru?jenis={kind}&sesi=m1-s01"
    assert author.get(address).status_code == 200
    fields = PLACE | FILLED[kind] | {"mark": ""}
    looked = author.post(address, data=fields | {"do": "look"})
    assert "Pembahasan" in looked.text
    assert len(catalogue.bank(TINY).items) == len(set(item.id for item in catalogue.bank(TINY).items))
    saved = author.post(address, data=fields | {"do": "save"})
    assert saved.status_code == 303
    page = author.get(saved.location)
    assert "Apa yang baru?" in page.text
    item = next(i for i in catalogue.bank(TINY).items if i.data["stem"] == "Apa yang baru?")
    assert item.data["kind"] == kind
    assert data_of(fields_of(item.data)) == {k: v for k, v in item.data.items() if k != "id"}
    catalogue.checked_draft(TINY, catalogue.documents(TINY, sealed=True)[0])


@pytest.mark.parametrize("kind", ["matching", "short", "numeric"])
def test_nothing_that_came_in_is_lost_by_opening_and_saving_it(author, kind):
    rows = range(1, 11)
    came = {
        "matching": {"pairs": [{"left": f"k{n}", "right": f"n{n}", "why": f"p{n}"} for n in rows][:8]}
        | {"distractors": [f"d{n}" for n in range(4)]},
        "short": {
            "accepted": [{"text": f"t{n}", "why": f"p{n}"} | ({"share": 0.5} if n > 1 else {}) for n in rows][:8]
        },
        "numeric": {"accepted": [{"value": float(n), "tolerance": 0.5, "why": f"p{n}"} for n in rows][:8]},
    }[kind]
    item = {"kind": kind, "objective": "m1-s01-t1", "form": "cek", "reread": "m1-s01-l01", "stem": "Apa?", **came}
    name = service.save_item(AUTHOR, TINY, {**item, "why": "Begitu."})
    address = f"/studio/soal/{TINY}/butir/{name}"
    page = author.get(address).text
    fields = dict(re.findall(r'<(?:input|textarea)[^>]* name="([^"]+)"[^>]*? value="([^"]*)"', page))
    chosen = re.findall(r'<select[^>]* name="([^"]+)".*?<option value="([^"]*)" selected', page)
    texts = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)', page)
    typed = {k: v for k, v in fields.items() if k not in ("situation", "exact_case", "csrf_token")}
    saved = author.post(address, data=typed | dict(chosen) | dict(texts) | {"do": "save"})
    assert saved.status_code == 303, saved.text
    kept = next(one for one in catalogue.bank(TINY).items if one.id == name).data
    assert {part: kept[part] for part in came} == came


def test_rows_beyond_eight_are_shown_for_who_must_shorten_them(author):
    fields = {"kind": "single"} | {f"text-{n}": f"pilihan {n}" for n in range(1, 11)}
    assert len(data_of(fields)["options"]) == 10
    page = author.post(f"/studio/soal/{TINY}/baru?jenis=single&sesi=m1-s01", data=fields | {"do": "look"}).text
    assert 'value="pilihan 10"' in page


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("stem", "Soal"),
        ("options.0.why", "Pilihan 1, penjelasan"),
        ("accepted.2.value", "Jawaban yang diterima 3, angka"),
        ("pairs.1", "Pasangan 2"),
        ("lain", "lain"),
    ],
)
def test_a_field_is_called_as_the_page_calls_it(app, field, said):
    assert field_words(field) == said


def test_what_lacks_is_told_and_what_was_typed_stays(author):
    page = author.post(
        f"/studio/soal/{TINY}/baru?jenis=single&sesi=m1-s01", data={"stem": "Belum <b>selesai", "text-1": "satu"}
    )
    assert page.status_code == 422
    assert "Belum tersimpan" in page.text
    assert "Belum &lt;b&gt;selesai" in page.text
    assert 'value="satu"' in page.text
    led = set(re.findall(r'<li><a href="#([\w-]+)">', page.text))
    assert {"objective", "reread", "why-1"} <= led
    assert led <= set(re.findall(r' id="([\w-]+)"', page.text))


def test_the_second_of_two_editors_sees_both_texts(author):
    item = next(i for i in catalogue.bank(TINY).items if i.data["kind"] == "truefalse")
    fields = fields_of(item.data) | {"mark": item.mark, "right": "1"}
    address = f"/studio/soal/{TINY}/butir/{item.id}"
    assert author.post(address, data=fields | {"stem": "Dari Ani."}).status_code == 303
    clash = author.post(address, data=fields | {"stem": "Dari Budi."})
    assert clash.status_code == 409
    assert "Dari Ani." in clash.text
    assert "Dari Budi." in clash.text


def test_a_file_is_looked_at_then_taken_in_completed_and_removed(author, count_queries):
    address = f"/studio/soal/{TINY}/impor"
    data = (EXAMPLES / "word" / "bernomor.txt").read_bytes()
    looked = author.post(address, data={"file": (io.BytesIO(data), "soal.txt"), "do": "look"})
    assert "3 soal terbaca" in looked.text
    assert "baris 1" in looked.text
    assert not catalogue.bank(TINY).arrived
    kept = looked.text.split('name="kept" value="')[1].split('"')[0]
    assert author.post(address, data={"kept": kept, "do": "apply"}).status_code == 303
    with count_queries() as seen:
        page = author.get(f"/studio/soal/{TINY}?sesi=m1-s01").text
    assert len(seen) <= 6
    assert "3 soal perlu dilengkapi" in page
    waiting = catalogue.bank(TINY).arrived[0]
    opened = author.get(f"/studio/soal/{TINY}/butir/{waiting.mark}?sesi=m1-s01").text
    assert "Apa tujuan pertemuan?" in opened
    whole = (
        fields_of(waiting.data) | PLACE | {"mark": waiting.mark, "right": "2"} | {f"why-{n}": "x" for n in (1, 2, 3)}
    )
    assert author.post(f"/studio/soal/{TINY}/butir/{waiting.mark}", data=whole).status_code == 303
    left = catalogue.bank(TINY).arrived
    assert len(left) == 2
    author.post(f"/studio/soal/{TINY}/hapus/{left[0].mark}")
    assert len(catalogue.bank(TINY).arrived) == 1


def sent_whole(author, address: str, content: bytes):
    """A file in a form, built here: the test client would leave files of its own open."""
    head = b'--x\r\nContent-Disposition: form-data; name="do"\r\n\r\nlook\r\n--x\r\n'
    head += b'Content-Disposition: form-data; name="file"; filename="soal.txt"\r\n\r\n'
    body = head + content + b"\r\n--x--\r\n"
    about = {"content_type": "multipart/form-data; boundary=x", "content_length": len(body)}
    return author.post(address, input_stream=io.BytesIO(body), **about)


def test_a_file_as_large_as_the_page_says_comes_in_and_one_byte_more_is_refused_in_words(author):
    address, question = f"/studio/soal/{TINY}/impor", b"1. Siapa?\na. satu\n*b. dua\n"
    whole = question + b" " * (MOST_BYTES - len(question))
    looked = sent_whole(author, address, whole)
    assert (looked.status_code, "1 soal terbaca" in looked.text, "20 MB" in looked.text) == (200, True, True)
    assert len(looked.data) < 100_000
    kept = looked.text.split('name="kept" value="')[1].split('"')[0]
    more = sent_whole(author, address, whole + b" ")
    assert (more.status_code, "Berkas paling besar 20 MB" in more.text) == (422, True)
    assert author.post(address, data={"kept": kept, "do": "apply"}).status_code == 303
    assert len(catalogue.bank(TINY).arrived) == 1


def test_a_kept_file_is_its_senders_alone_and_gone_after_a_day(author, sign_in):
    number = service.keep_file(AUTHOR, TINY, b"1. Siapa?\na. satu\n*b. dua")
    other = sign_in(an_actor(8, "widyaiswara"))
    assert other.post(f"/studio/soal/{TINY}/impor", data={"kept": number, "do": "apply"}).status_code == 422
    with unit_of_work("test.sweep_files"):
        assert sent.sweep(clock.now() + timedelta(minutes=1)) == 1
    with pytest.raises(Invalid, match="sekali lagi"):
        service.kept_file(AUTHOR, TINY, str(number))


def test_pasted_text_and_refused_files_answer_in_words(author):
    address = f"/studio/soal/{TINY}/impor"
    assert "1 soal terbaca" in author.post(address, data={"text": "1. Siapa?\na. satu\n*b. dua", "do": "look"}).text
    refused = author.post(address, data={"text": "<!DOCTYPE a [<!ENTITY b 'c'>]><quiz>&b;</quiz>", "do": "look"})
    assert (refused.status_code, "entitas" in refused.text) == (422, True)
    assert author.post(address, data={"kept": "bukan", "do": "apply"}).status_code == 422


def test_files_go_out_to_authors_alone(author, sign_in):
    for name in ("xlsx", "gift", "moodle", "qti"):
        answer = author.get(f"/studio/soal/{TINY}/ekspor/{name}")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert author.get("/studio/soal/contoh.xlsx").status_code == 200
    assert author.get(f"/studio/soal/{TINY}/ekspor/doc").status_code == 404
    assert sign_in(an_actor(8, "pendamping")).get(f"/studio/soal/{TINY}/ekspor/gift").status_code == 403
    assert author.get("/studio/soal/tidak-ada").status_code == 404


@pytest.mark.parametrize(
    ("stem", "choices", "keys", "rules"),
    [
        ("Siapa?", [("a b", True), ("c d", False)], (), []),
        ("Mana yang tidak boleh kecuali ini?", [], (), ["negative"]),
        ("Siapa?", [("satu dua tiga empat lima enam tujuh", True), ("a", False)], (), ["length"]),
        ("Siapa?", [("a", True), ("semua jawaban benar", False)], (), ["catch_all"]),
        ("Siapa?", [("a", True), ("selalu b", False)], (), ["absolute"]),
        ("Siapa?", [("a", True), ("b", False)], (0,) * 8, ["position"]),
        ("Siapa?", [("b", False), ("a", True)], (0,) * 8, []),
    ],
)
def test_what_strikes_in_the_wording_is_named(stem, choices, keys, rules):
    found = writing.hints(stem, [Choice(text, right, "Sebab.") for text, right in choices], keys)
    assert [hint.rule for hint in found] == rules
