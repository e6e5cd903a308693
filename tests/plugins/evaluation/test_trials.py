"""What a try-out tells of an instrument, and when it lets a version go out."""

from datetime import timedelta

import pytest

from p2k2lms.core import clock
from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.rules import answers
from p2k2lms.plugins.evaluation.rules.trial import trial
from tests.conftest import WHO_ACTS
from tests.factories.evaluation import COURSES, reply, some_answers, the_instruments
from tests.factories.identity import as_actor, someone, the_units

REACTION = catalogue.shipped_instruments(COURSES)["reaksi"]
STEPS = ("tidak", "kurang", "cukup", "berguna", "sangat")
OFTEN = ("tidak", "jarang", "kadang", "sering", "selalu")


def said(step: int, **changed):
    ordinary = {"R1": STEPS[step], "R2": OFTEN[step], "R3": str(2 * step), "R4": str(step)}
    return answers.read(REACTION, {k: v for k, v in (ordinary | changed).items() if v is not None})[0]


def test_questions_that_move_together_are_reliable_and_the_interval_is_told():
    found = trial(REACTION, [said(n % 5) for n in range(30)], [100, 110, 120, 130, 140])
    assert (found.people, found.ordered, found.complete) == (30, ("R1", "R2", "R3", "R4"), 30)
    assert found.alpha == pytest.approx(1.0)
    assert (found.minutes, found.wary, found.unusable) == (2.0, False, ())


def test_questions_that_move_apart_are_a_warning():
    sheets = [said(n % 5, R2=OFTEN[(3 * n) % 5], R3=str(n * 7 % 11), R4=str(n * 5 % 11)) for n in range(40)]
    found = trial(REACTION, sheets, [])
    assert found.alpha < 0.6
    assert found.interval[0] < found.alpha < found.interval[1]
    assert any("Keandalan rendah" in words for words in found.warnings)


def test_where_all_say_the_same_there_is_no_reliability_and_each_question_says_so():
    found = trial(REACTION, [said(3)] * 6, [200] * 6)
    assert (found.alpha, found.interval, found.ordered) == (None, None, ())
    told = {item.code: item.warnings for item in found.items if item.warnings}
    assert set(told) == {"R1", "R2", "R3", "R4"}
    assert all("Semua menjawab sama" in words[0] for words in told.values())


def test_a_question_that_most_leave_out_is_unusable_and_one_that_some_do_is_a_warning():
    alumni = catalogue.shipped_instruments(COURSES)["em-alumni"]
    unknown = {"A1": None, "A1?": "ya", "G1": "9"}
    sheets = [answers.read(alumni, some_answers(**(unknown if n < 6 else {})))[0] for n in range(10)]
    sheets = [{**sheet, "D1": sheets[0]["A1"]} if n < 2 else sheet for n, sheet in enumerate(sheets)]
    found = trial(alumni, sheets, [1200] * 10)
    assert found.unusable == ("A1",)
    items = {item.code: item for item in found.items}
    assert (items["A1"].unknown, items["A1"].missing) == (6, 60)
    assert items["D1"].warnings[0] == "20% tidak menjawab."
    assert any("Butuh 20 menit" in words for words in found.warnings)
    assert "G3" not in {code for code, item in items.items() if item.warnings}


def test_nobody_has_tried_it_yet():
    found = trial(REACTION, [], [])
    assert (found.people, found.alpha, found.minutes, found.unusable) == (0, None, None, ())


@pytest.fixture
def tried(app):
    """A new version of the reactions with one more question, and six people who are asked to try it."""
    the_units(), the_instruments()
    evaluator = as_actor(someone("evaluator", "R4"))
    service.draft(evaluator, "reaksi")
    choices = [{"code": "ya", "label": "Ya"}, {"code": "tidak", "label": "Tidak"}]
    new = {"kind": "one", "code": "R7", "ask": "Cukupkah waktunya?", "unknown": True, "choices": choices}
    service.add_question(evaluator, "reaksi", new)
    version = service.try_out(evaluator, "reaksi")
    people = [someone("pendamping", "63.03", pkh_id=f"coba{n}") for n in range(6)]
    today = clock.today()
    where = {"version_id": version.id, "unit_id": the_units()["R4"]}
    days = {"anchor": today, "until": today, "opens": today, "closes": today + timedelta(days=7)}
    plan = service.WavePlan(code="UJI", title="Uji coba", **where, **days)
    service.make_wave(evaluator, plan, [f"coba{n}" for n in range(6)])
    return evaluator, version, [as_actor(person) for person in people]


def they_try(actors, **changed):
    for n, actor in enumerate(actors):
        sheet = {"R1": STEPS[n % 5], "R2": OFTEN[n % 5], "R3": str(n), "R4": str(n), "R7": "ya", "comment": f"Kata {n}"}
        told = {k: v for k, v in (sheet | changed).items() if v is not None}
        assert reply(actor, service.tasks(actor)[0].assignment.id, told).status == "accepted"


def test_the_page_of_a_try_out_tells_time_answers_and_comments(tried, sign_in, count_queries):
    evaluator, version, actors = tried
    page, url = sign_in(evaluator), f"/evaluasi/instrumen/reaksi/uji/{version.id}"
    assert "Belum ada jawaban uji coba" in page.get(url).text
    they_try(actors, comment="<i>Baik</i>")
    with count_queries() as seen:
        shown = page.get(url).text
    assert len(seen) + WHO_ACTS <= 6
    assert all(words in shown for words in ("6 orang", "5,0 menit", "&lt;i&gt;Baik", "alfa Cronbach"))
    assert "Semua menjawab sama" in shown
    assert page.get("/evaluasi/instrumen/em-alumni/uji/" + str(version.id)).status_code == 404
    assert sign_in(as_actor(someone("widyaiswara", "R4"))).get(url).status_code == 403


def test_a_question_that_most_left_out_stops_the_release(tried):
    evaluator, _version, actors = tried
    they_try(actors, **{"R7": None, "R7?": "ya"})
    with pytest.raises(Invalid, match="Lebih dari separuh tidak menjawab: R7"):
        service.publish(evaluator, "reaksi", "Tambah butir.", warned=True)


def test_the_form_asks_that_warnings_were_read(tried, sign_in):
    evaluator, _version, actors = tried
    they_try(actors)
    page = sign_in(evaluator)
    answer = page.post("/evaluasi/instrumen/reaksi/terbit", data={"note": "Tambah butir."})
    assert (answer.status_code, "Baca dulu" in answer.text, "Tambah butir." in answer.text) == (422, True, True)
    answer = page.post("/evaluasi/instrumen/reaksi/terbit", data={"note": "Tambah butir.", "warned": "y"})
    assert answer.status_code == 303


def test_a_try_out_says_nothing_of_the_waves_that_come_after_it(tried, sign_in):
    evaluator, version, actors = tried
    they_try(actors)
    service.publish(evaluator, "reaksi", "Tambah butir.", warned=True)
    today = clock.today()
    where = {"version_id": version.id, "unit_id": the_units()["R4"]}
    days = {"anchor": today, "until": today, "opens": today, "closes": today + timedelta(days=7)}
    service.make_wave(evaluator, service.WavePlan(code="KHUSUS", title="Semua", **where, **days))
    later = next(task for task in service.tasks(actors[0]) if not task.answered)
    told = {"R1": STEPS[0], "R2": OFTEN[0], "R3": "1", "R4": "1", "R7": "ya", "comment": "Hanya untuk gelombang"}
    assert reply(actors[0], later.assignment.id, told).status == "accepted"
    shown = sign_in(evaluator).get(f"/evaluasi/instrumen/reaksi/uji/{version.id}").text
    assert ("6 orang" in shown, "Kata 3" in shown, "Hanya untuk gelombang" in shown) == (True, True, False)
