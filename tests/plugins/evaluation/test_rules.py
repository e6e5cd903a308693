"""How answers are read, what a change of an instrument means, and who is asked."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import InstrumentDef
from p2k2lms.plugins.evaluation.rules import answers, asking, schedule, versions
from tests.factories.evaluation import COURSES, some_answers

ALUMNI = catalogue.shipped_instruments(COURSES)["em-alumni"]


def changed(code: str, **said) -> InstrumentDef:
    body = ALUMNI.model_dump(mode="json")
    questions = [{**q, **said} if q["code"] == code else q for q in body["questions"]]
    return InstrumentDef.model_validate({**body, "questions": questions})


def without(code: str) -> InstrumentDef:
    body = ALUMNI.model_dump(mode="json")
    return InstrumentDef.model_validate({**body, "questions": [q for q in body["questions"] if q["code"] != code]})


def test_the_shipped_instruments_have_every_item_of_the_2020_form():
    assert {q.shows for q in ALUMNI.questions if q.shows} == set("abcdefghij")
    assert set(catalogue.shipped_instruments(COURSES)) == {"em-alumni", "em-atasan", "em-kpm", "reaksi"}
    assert all(q.period for q in ALUMNI.questions if q.kind == "number" and not q.about)


def test_a_whole_sheet_is_read_without_a_fault_and_comes_back_as_it_was_typed():
    sheet, faults = answers.read(ALUMNI, some_answers())
    assert faults == []
    assert sheet["A1"][0].number == 195
    assert [g.choice for g in sheet["K1"]] == ["tempat", "waktu"]
    assert {g.part: g.choice for g in sheet["E1"]}["m4"] == "belum"
    assert sheet["H1b"][0].missing == "tidak_berlaku"
    fields = answers.fields_of(sheet)
    said = {name: value if isinstance(value, list) else [value] for name, value in some_answers().items()}
    assert {name: sorted(value) for name, value in fields.items()} == {n: sorted(v) for n, v in said.items()}


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"A1": None}, "A1", "Jawab dulu"),
        ({"A1": "banyak"}, "A1", "angka bulat"),
        ({"A1": "1501"}, "A1", "0 sampai 1500"),
        ({"B1": "196"}, "B1", "Tidak boleh lebih dari 195"),
        ({"G1": "200"}, "G1", "Tidak boleh lebih dari 195"),
        ({"ID2": "x"}, "ID2", "Pilih salah satu"),
        ({"ID2": ["p", "l"]}, "ID2", "satu jawaban saja"),
        ({"K1": ["waktu", "tempat", "alat", "jarak"]}, "K1", "paling banyak 3"),
        ({"K1": ["waktu", "lain"]}, "K1", "jawaban yang ada"),
        ({"E1.m5": None}, "E1", "tiap baris"),
        ({"ID6": "2019-13"}, "ID6", "misalnya 2019-03"),
        ({"L1": "11"}, "L1", "0 sampai 10"),
        ({"G3": "a" * 301}, "G3", "300 huruf"),
        ({"F2": None}, "F2", "Jawab dulu"),
    ],
)
def test_a_wrong_answer_is_refused_beside_its_question(said, field, words):
    _sheet, faults = answers.read(ALUMNI, some_answers(**said))
    assert [fault.field for fault in faults] == [field]
    assert words in faults[0].message


def test_not_knowing_is_a_reason_for_missing_and_never_a_zero():
    sheet, faults = answers.read(ALUMNI, some_answers(**{"A1": None, "A1?": "ya", "G1": "98"}))
    assert faults == []
    assert (sheet["A1"][0].number, sheet["A1"][0].missing) == (None, "tidak_tahu")


def test_a_question_that_waits_for_another_answer_is_not_asked():
    sheet, faults = answers.read(ALUMNI, some_answers(F1="selalu", F2=None))
    assert (faults, sheet["F2"][0].missing) == ([], "tidak_berlaku")


def test_what_was_known_is_kept_beside_what_was_said():
    sheet, _ = answers.read(ALUMNI, some_answers(A1="180"), {"caseload": "195"})
    assert (sheet["A1"][0].number, sheet["A1"][0].system) == (180, "195")


@pytest.mark.parametrize(("said", "odd"), [("195", []), ("49", ["A1"]), ("541", ["A1"])])
def test_an_odd_number_is_kept_and_marked(said, odd):
    sheet, _ = answers.read(ALUMNI, some_answers(A1=said, B1="0", G1="20"))
    assert answers.odd(ALUMNI, sheet) == odd


CHOICES = [c.model_dump() for c in ALUMNI.question("G2").choices]


@pytest.mark.parametrize(
    ("new", "typo", "worst", "trend"),
    [
        (changed("A1", ask="Berapa KPM dampingan Anda?"), False, "K1", "tersambung"),
        (changed("A1", ask="Berapa KPM dampingan Anda?"), True, "K0", "tersambung"),
        (changed("A1", hint="Lihat daftar."), False, "K1", "tersambung"),
        (changed("G2", choices=[*CHOICES, {"code": "foto", "label": "Foto"}]), False, "K2", "bertanda"),
        (changed("G2", choices=CHOICES[:-1]), False, "K2", "bertanda"),
        (changed("A1", most=2000), False, "K3", "putus"),
        (changed("A1", period="bulan lalu"), False, "K3", "putus"),
        (without("J1"), False, "K4", "putus"),
        (ALUMNI, False, "", "tersambung"),
    ],
)
def test_a_change_has_the_class_of_its_gravest_part(new, typo, worst, trend):
    found = versions.changes(ALUMNI, new, typo)
    assert versions.worst(found) == worst
    assert versions.trend(found, found[0].code if found else "A1") == trend


def test_a_new_question_breaks_only_its_own_line():
    found = versions.changes(without("J1"), ALUMNI)
    assert [(c.code, c.change_class) for c in found] == [("J1", "K4")]
    assert versions.trend(found, "A1") == "tersambung"


@pytest.mark.parametrize(
    ("number", "change", "needed"),
    [(1, "", True), (2, "K0", False), (2, "K1", False), (2, "K2", True), (2, "K3", True), (3, "K4", True)],
)
def test_what_measures_something_new_is_tried_first(number, change, needed):
    assert versions.needs_try_out(change, number) is needed


@pytest.mark.parametrize(
    ("code", "anchor", "opens", "closes"),
    [
        ("W0", date(2026, 8, 3), date(2026, 7, 13), date(2026, 8, 3)),
        ("W0+", date(2026, 8, 14), date(2026, 8, 14), date(2026, 9, 4)),
        ("W3", date(2026, 8, 14), date(2026, 10, 24), date(2026, 12, 5)),
        ("W6", date(2026, 8, 31), date(2027, 2, 7), date(2027, 3, 21)),
        ("W12", date(2026, 8, 14), date(2027, 7, 24), date(2027, 9, 4)),
    ],
)
def test_a_wave_opens_three_weeks_around_the_day_it_is_about(code, anchor, opens, closes):
    assert asking.window(code, anchor) == (opens, closes)


@given(
    st.dictionaries(st.integers(1, 10**6), st.integers(1, 4)), st.dictionaries(st.integers(1, 10**6), st.integers(1, 5))
)
def test_no_kabupaten_compares_more_untrained_than_it_has_trained(trained, waiting):
    drawn = asking.compared("benih", trained, waiting)
    assert len(set(drawn)) == len(drawn)
    for kabupaten in set(waiting.values()) | set(trained.values()):
        here = [person for person in drawn if waiting[person] == kabupaten]
        number = sum(home == kabupaten for home in trained.values())
        assert len(here) == min(number, sum(home == kabupaten for home in waiting.values()))


def test_the_same_seed_draws_the_same_people_and_another_others():
    people = range(1, 200)
    assert asking.drawn("a", people, 20) == asking.drawn("a", reversed(people), 20)
    assert asking.drawn("a", people, 20) != asking.drawn("b", people, 20)


@pytest.mark.parametrize(("silent", "phoned"), [(0, 0), (1, 1), (20, 3), (424, 64)])
def test_fifteen_percent_of_the_silent_are_phoned(silent, phoned):
    assert len(asking.to_phone("benih", range(silent))) == phoned


def test_a_fault_in_an_instrument_names_its_file_and_line():
    with pytest.raises(Exception, match="kode A1 tertulis dua kali") as refusal:
        text = (Path(COURSES) / "instruments" / "em-alumni.yaml").read_text().replace("code: B1,", "code: A1,")
        catalogue.instruments_of({"courses/instruments/em-alumni.yaml": text})
    assert refusal.value.faults[0].field.startswith("courses/instruments/em-alumni.yaml:")


@pytest.mark.parametrize(
    ("today", "waves"),
    [
        (date(2026, 11, 15), "W3 08, W6 05, W12 11, W0 11, W0 12, W0+ 10, W0+ 11"),
        (date(2026, 11, 3), "W3 07, W3 08, W6 04, W6 05, W12 10, W12 11, W0 11, W0+ 10, W0+ 11"),
        (date(2026, 11, 24), "W3 08, W3 09, W6 05, W6 06, W12 11, W12 12, W0 11, W0 12, W0+ 11"),
    ],
)
def test_the_schedule_says_which_waves_ask_today(today, waves):
    found = list(schedule.due(today))
    assert {f"{wave.code} {wave.first:%m}" for wave in found} == set(waves.split(", "))
    assert all(wave.opens <= today <= wave.closes for wave in found)
    assert {wave.instrument for wave in found if wave.code == "W3"} == {"em-alumni", "em-atasan"}
