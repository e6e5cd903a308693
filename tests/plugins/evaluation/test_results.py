"""What a wave says: items, the four numbers, places, files without names."""

import io
import math
import re
import zipfile
from pathlib import Path

import numpy as np
import pypdf
import pytest
from flask import g
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.core import clock
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.rules import answers, items
from p2k2lms.plugins.evaluation.rules.honest import collapsed, four_numbers
from p2k2lms.plugins.evaluation.rules.places import by_place, groups
from tests.conftest import WHO_ACTS
from tests.factories.evaluation import COURSES, a_wave, passed, reply, some_answers
from tests.factories.identity import as_actor, someone, the_units
from tests.stats.reference import GOLDEN, TOLERANCE, table

ALUMNI = catalogue.shipped_instruments(COURSES)["em-alumni"]


def sheets(*changes):
    read = [answers.read(ALUMNI, some_answers(**change)) for change in changes]
    assert [faults for _, faults in read] == [[]] * len(changes)
    return [sheet for sheet, _ in read]


def item(code, *changes):
    return next(one for one in items.results(ALUMNI, sheets(*changes)) if one.code == code)


def test_an_item_tells_n_missing_middle_and_spread():
    found = item("A1", *({"A1": str(n)} for n in (150, 180, 195, 200, 250)), {"A1": None, "A1?": "ya"})
    assert (found.asked, found.n, found.missing) == (6, 5, {"tidak_tahu": 1})
    assert (found.mean, found.median, round(found.sd, 3)) == (195.0, 195, 36.401)
    assert sum(bar.count for bar in found.bars) == 5


def test_who_was_not_asked_is_not_missing():
    found = item("F2", *({"F1": "selalu", "F2": None},) * 3, *({},) * 5)
    assert (found.asked, found.n, found.missing) == (5, 5, {})


def test_fewer_than_five_answers_show_nothing():
    found = item("A1", *({},) * 4)
    assert (found.hidden, found.bars, found.mean, found.top) == (True, (), None, None)


def test_several_answers_of_one_person_count_each_and_a_row_of_a_table_by_itself():
    found = item("K1", *({"K1": ["waktu", "tempat"]},) * 5)
    assert {bar.label: bar.count for bar in found.bars if bar.count} == {
        "Tempat pertemuan": 5,
        "Waktu sempit karena tugas lain": 5,
    }
    row = item("E1.m4", *({},) * 5)
    assert [(bar.label, bar.count) for bar in row.bars] == [("Belum", 5), ("Sebagian sesi", 0), ("Semua sesi", 0)]


@given(st.lists(st.integers(0, 1500), min_size=1, max_size=300))
def test_bins_hold_every_number_once_and_are_few(numbers):
    bars = items.bins(numbers)
    assert sum(bar.count for bar in bars) == len(numbers)
    assert len(bars) <= items.BINS


def test_the_four_numbers_equal_the_reference():
    data = table("04_alumni_frame.csv")
    said = [v if heard else None for v, heard in zip(data["pct_apply_if_asked"], data["responded"], strict=True)]
    margins = {name: list(data[name]) for name in ("province", "sex", "age_band", "p2k2_log_band")}
    found, wanted = four_numbers(said, margins, 45), GOLDEN["survey"]
    assert found.plain == pytest.approx(wanted["naive_mean"], abs=1e-9)
    assert found.bounds == pytest.approx(wanted["manski_this_sample"], abs=1e-9)
    assert found.raked == pytest.approx(wanted["raked_with_field_log"]["mean"], abs=TOLERANCE["survey"])
    assert found.error == pytest.approx(wanted["raked_with_field_log"]["se"], abs=TOLERANCE["survey"])
    assert found.effective_n == pytest.approx(wanted["raked_with_field_log"]["ess"], abs=0.01)
    assert found.break_even == pytest.approx((45 * 1142 - found.plain * 718) / 424)


def test_a_phone_sample_of_the_silent_replaces_the_bounds_by_an_interval():
    values = [60.0] * 40 + [20.0, 40.0] * 5 + [None] * 50
    found = four_numbers(values, {}, 50, [False] * 40 + [True] * 10 + [False] * 50)
    assert (found.n, found.plain, found.phoned) == (40, 60.0, 10)
    assert found.double == pytest.approx(0.4 * 60 + 0.6 * 30)
    spread = np.std([20.0, 40.0] * 5, ddof=1)
    assert found.double_error == pytest.approx(0.6 * spread * math.sqrt((1 - 10 / 60) / 10))
    assert found.bounds == (27.0, 77.0)
    assert four_numbers(values, {}, 50, [False] * 46 + [True] * 4 + [False] * 50).double is None


def test_all_said_the_same_has_no_spread_and_says_so():
    labels = {"sex": ["P", "L"] * 30}
    found = four_numbers([100.0] * 50 + [None] * 10, labels, 80)
    assert (found.raked, found.error) == (100.0, 0.0)


def test_groups_of_fewer_than_five_are_told_together():
    found = groups(["P"] * 6 + ["L"] * 5 + ["?"] * 2 + [""], [True] * 7 + [False] * 6 + [True])
    assert [(g.code, g.asked, g.answered) for g in found] == [("L", 5, 1), ("P", 6, 6), ("", 3, 1)]


def test_nobody_silent_has_no_break_even_and_nobody_heard_no_numbers():
    found = four_numbers([50.0, 60.0], {}, 80)
    assert (found.break_even, found.raked, found.bounds) == (None, None, (55.0, 55.0))
    assert four_numbers([None, None], {}, 80) is None


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans()), min_size=30, max_size=200).filter(
        lambda rows: sum(inside for _, inside in rows) >= 20
    )
)
def test_joined_groups_have_twenty_answers_each_or_are_one(rows):
    labels, inside = [label for label, _ in rows], np.array([inside for _, inside in rows])
    codes = collapsed(labels, inside)
    answers_of = np.bincount(codes[inside], minlength=codes.max() + 1)
    assert codes.size == len(rows)
    assert codes.max() == 0 or answers_of.min() >= 20


def test_a_single_hidden_place_hides_the_next_smallest_too():
    found = by_place({1: [50.0] * 3, 2: [60.0] * 6, 3: [70.0] * 9})
    assert {place: figure.mean for place, figure in found.items()} == {1: None, 2: None, 3: 70.0}
    found = by_place({1: [50.0] * 3, 2: [60.0] * 4, 3: [70.0] * 9})
    assert found[3].mean == 70.0


@given(st.dictionaries(st.integers(1, 9), st.lists(st.floats(0, 100), max_size=12), max_size=8))
def test_the_hidden_places_are_never_exactly_one_among_others(values):
    hidden = [place for place, figure in by_place(values).items() if figure.mean is None]
    assert len(hidden) != 1 or len(values) == 1


@pytest.fixture
def answered(app):
    """A wave of eight in two kabupaten, six of whom have answered."""
    the_units()
    evaluator = as_actor(someone("evaluator", "R4"))
    people = [someone("pendamping", "63.03") for _ in range(6)] + [someone("pendamping", "62.03") for _ in range(2)]
    for person in people:
        passed(person)
    wave = a_wave(evaluator, untrained=False)
    for number, person in enumerate(people[:6]):
        actor = as_actor(person)
        said = some_answers(A1="200", G1=str(80 + 10 * number), G3="Rahasia keluarga", comment=None)
        assert reply(actor, service.tasks(actor)[0].assignment.id, said).status == "accepted"
    return evaluator, wave


def test_a_result_has_headlines_places_and_the_total_of_families(answered):
    evaluator, wave = answered
    page = service.result(evaluator, wave.id)
    apply = next(h for h in page.headlines if h.code == "G1")
    assert (apply.numbers.plain, apply.total, apply.numbers.n, apply.numbers.frame) == (52.5, (630, 1200), 6, 8)
    assert math.isclose(apply.numbers.bounds[1], (6 * 52.5 + 200) / 8)
    applying = [column.code for column in page.places.columns].index("G1")
    assert [
        (r.name, r.asked, r.answered, r.figures[applying].n, r.figures[applying].mean) for r in page.places.rows
    ] == [
        ("Kabupaten Banjar", 6, 6, 6, None),
        ("Kabupaten Kapuas", 2, 0, 0, None),
    ]
    assert [(letter, [item.code for item in found]) for letter, found in page.letters][:3] == [
        ("a", ["A1"]),
        ("b", ["B1"]),
        ("c", ["C1", "C2", "C3"]),
    ]
    assert {item.code for item in page.about} == {"ID1", "ID2", "ID3", "ID4", "ID7", "ID8"}


def test_a_question_that_two_people_answered_has_no_headline(answered):
    evaluator, wave = answered
    for task in service.tasks(as_actor(read.frame(wave.id)[0].respondent_id)):
        reply(
            as_actor(task.assignment.respondent_id),
            task.assignment.id,
            some_answers(ID7=["belum"], H1=None, H1b="harian"),
        )
    h1 = {h.code: h.numbers for h in service.result(evaluator, wave.id).headlines}
    assert (h1["H1"].n, h1["H1"].frame) == (5, 7)
    for row in read.frame(wave.id)[1:3]:
        actor = as_actor(row.respondent_id)
        reply(actor, row.id, some_answers(ID7=["belum"], H1=None, H1b="harian"))
    assert "H1" not in {h.code for h in service.result(evaluator, wave.id).headlines}


def test_the_file_has_no_name_no_words_and_one_pseudonym_for_each(answered):
    evaluator, wave = answered
    rows = service.rows_without_names(evaluator, wave.id)
    assert len(rows) == 7
    assert len({row[0] for row in rows[1:]}) == 6
    assert service.book(evaluator, wave.id)["Jawaban tanpa nama"] == rows
    flat = " ".join(str(cell) for row in rows for cell in row)
    assert "Rahasia" not in flat
    assert "Orang" not in flat
    told = {row[0] for row in service.codebook(evaluator, wave.id)}
    assert set(rows[0]) <= told


def test_the_nation_reads_kabupaten_and_holds_no_row_of_a_person(answered, sign_in):
    evaluator, wave = answered
    ministry = as_actor(someone("evaluator", "ID"))
    with pytest.raises(NotFound):
        service.rows_without_names(ministry, wave.id)
    assert service.book(ministry, wave.id).keys() == {"Ringkasan", "Menurut kabupaten"}
    page, url = sign_in(ministry), f"/evaluasi/gelombang/{wave.id}/hasil"
    assert page.get(f"{url}.csv").status_code == 404
    shown = page.get(url).text
    assert ("hasil.csv" in shown, "hanya untuk evaluator balai" in shown) == (False, True)
    assert sheets_in(page.get(f"{url}.xlsx").data) == ["Ringkasan", "Menurut kabupaten"]
    centre = sign_in(evaluator)
    assert "hasil.csv" in centre.get(url).text
    assert "Jawaban tanpa nama" in sheets_in(centre.get(f"{url}.xlsx").data)


def test_the_workbook_speaks_the_language_of_its_reader(answered, app):
    evaluator, wave = answered
    with app.test_request_context("/"):
        g.language = "en"
        book = service.book(evaluator, wave.id)
    assert list(book) == ["Summary", "By kabupaten", "Answers without names", "Codebook"]
    assert book["Summary"][0] == ["Code", "Question", "Asked", "n", "Missing", "Mean", "Median", "SD"]
    places = book["By kabupaten"][0]
    assert places[:3] == ["Kabupaten/kota", "Asked", "Answered"]
    assert {str(cell).partition(" ")[2] for cell in places[3:]} <= {"n", "percent", "mean"}


def sheets_in(book):
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())


def test_below_five_nothing_is_told(answered, app):
    evaluator, _ = answered
    people = [someone("pendamping", "63.03") for _ in range(4)]
    for person in people:
        passed(person, ref="angkatan:2")
    today = clock.today()
    wave = a_wave(evaluator, code="KHUSUS", title="Kecil", anchor=today, until=today, unit="62.03")
    page = service.result(evaluator, wave.id)
    assert (page.withheld, page.items, page.headlines) == (True, [], [])
    assert len(service.rows_without_names(evaluator, wave.id)) == 1


def test_pages_and_files_of_the_result(answered, sign_in, count_queries):
    evaluator, wave = answered
    page, base = sign_in(evaluator), f"/evaluasi/gelombang/{wave.id}"
    with count_queries() as seen:
        shown = page.get(f"{base}/hasil").text
    assert len(seen) + WHO_ACTS <= 6
    assert all(words in shown for words in ("52,5%", "630", "Urut abjad", "Tahun 2020", "semua menjawab sama"))
    assert "Rahasia" not in shown
    paper = page.get(f"{base}/hasil.pdf")
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(paper.data)).pages)
    assert all(words in text for words in ("W3, kelas Agustus", "Ringkasan", "Cara", "Butir a angket 2020"))
    assert page.get(f"{base}/hasil.xlsx").data.startswith(b"PK")
    assert page.get(f"{base}/hasil.csv").text.startswith("\ufeffresponden")
    assert "kamus" in page.get(f"{base}/kamus.csv").headers["Content-Disposition"]
    elsewhere = sign_in(as_actor(someone("evaluator", "64")))
    assert elsewhere.get(f"{base}/hasil").status_code == 404
    with pytest.raises(NotFound):
        service.result(as_actor(someone("evaluator", "64")), wave.id)


def test_the_words_of_a_drawing_have_a_colour_of_their_own_on_the_screen():
    """What stands as an attribute is for paper; a page that says nothing would keep it in the dark."""
    drawn = Path("templates/evaluation/drawn.html").read_text("utf-8")
    style = Path("p2k2lms/web/static/desk.css").read_text("utf-8")
    kinds = set(re.findall(r'<svg class="chart (\w+)"[^§]*?<text [^>]*fill=', drawn))
    assert kinds == {"range"}
    assert all(f".{kind} text{{fill:var(--ink-2)}}" in style for kind in kinds)
