"""A question over waves and versions: joined, marked, broken, bridged."""

import math
from datetime import timedelta

import pytest

from p2k2lms.core import clock
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import InstrumentDef
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.rules import answers, trends
from p2k2lms.plugins.evaluation.rules.trends import Figure
from p2k2lms.plugins.evaluation.values import SPECIAL
from p2k2lms.web import charts
from tests.conftest import WHO_ACTS
from tests.factories.evaluation import COURSES, a_wave, some_answers, the_instruments
from tests.factories.identity import as_actor, many_people, someone, the_units

ALUMNI = catalogue.shipped_instruments(COURSES)["em-alumni"]


def changed(code: str, **said) -> InstrumentDef:
    body = ALUMNI.model_dump(mode="json")
    questions = [{**q, **said} if q["code"] == code else q for q in body["questions"]]
    return InstrumentDef.model_validate({**body, "questions": questions})


def figure(version: int, n: int = 20, value: float = 50.0) -> Figure:
    day = clock.today() + timedelta(days=version)
    return Figure(version, f"Gelombang {version}", day, version, version, n, value * n, value * value * n, True)


G2 = [c.model_dump() for c in ALUMNI.question("G2").choices]
F1 = {
    "F1": changed("F1", ask="Seberapa sering langkah modul Anda ikuti?"),
    "period": changed("F1", period="bulan lalu"),
}


@pytest.mark.parametrize(
    ("code", "new", "both", "link", "change"),
    [
        ("F1", ALUMNI, 0, "tersambung", ""),
        ("F1", F1["F1"], 0, "tersambung", "K1"),
        ("G2", changed("G2", choices=[*G2, {"code": "foto", "label": "Foto"}]), 0, "bertanda", "K2"),
        ("F1", F1["period"], 0, "putus", "K3"),
        ("F1", F1["period"], 99, "putus", "K3"),
        ("F1", F1["period"], 100, "bertanda", "K3"),
        ("A1", F1["period"], 0, "tersambung", ""),
    ],
)
def test_the_class_of_a_change_decides_how_the_line_goes_on(code, new, both, link, change):
    versions = {1: ALUMNI, 2: new}
    points = trends.line(code, [figure(1), figure(2)], versions, lambda _a, _b: both)
    assert [(p.link, p.change) for p in points] == [("", ""), (link, change)]
    assert trends.breaks(code, [figure(1), figure(2)], versions) == ({(1, 2)} if change == "K3" else set())


def test_waves_of_four_answers_are_not_on_the_line():
    assert [f.version_id for f in trends.shown([figure(1), figure(2, n=4), figure(3, n=5)])] == [1, 3]


def test_the_doubt_of_a_share_is_wilsons_and_of_a_mean_by_its_spread():
    low, high = figure(1, n=20).doubt
    assert (round(low, 1), round(high, 1)) == (29.9, 70.1)
    assert figure(1, n=20, value=100.0).doubt[1] == pytest.approx(100.0)
    mean = Figure(1, "", clock.today(), 1, 1, 4, 8.0, 20.0, False)
    half = 1.96 * math.sqrt((20 - 16) / 3 / 4)
    assert mean.doubt == pytest.approx((2 - half, 2 + half))


def test_the_pen_is_lifted_where_the_line_breaks():
    months = [charts.Month(str(n), 10.0 + n, (9.0, 12.0), lifts=n == 2, mark="K3" if n == 2 else "") for n in range(4)]
    drawn = charts.series(312, "Uji", months, None)
    assert drawn.line.count("M") == 2
    assert [area.kind for area in drawn.areas] == ["doubt2", "doubt2"]
    assert [rule.kind for rule in drawn.rules].count("ref") == 1
    assert "K3" in [label.text for label in drawn.labels]


@pytest.fixture
def three_waves(app):
    """Six people asked three times: twice with version 1, then with a version that asks about another time."""
    the_units(), the_instruments()
    evaluator = as_actor(someone("evaluator", "R4"))
    many_people("pendamping", ["63.03"] * 6, [{}] * 6)
    today = clock.today()

    def ask(back: int, often: int) -> None:
        version = next(v for v in service.askable() if v.code == "em-alumni" and v.state == "terbit")
        days = {"anchor": today - timedelta(days=back), "until": today, "opens": today - timedelta(days=back)}
        wave = a_wave(evaluator, code=SPECIAL, title=f"Gelombang {back}", version_id=version.id, **days)
        filled = [
            service.Filled(
                assignment_id=one.id,
                sheet=answers.read(version.instrument, some_answers(F1="sering" if n < often else "jarang"))[0],
                at=clock.now(),
            )
            for n, one in enumerate(service.wave_page(evaluator, wave.id).silent)
        ]
        service.keep_sheets(wave.id, version, filled)

    ask(90, 2), ask(60, 3)
    service.draft(evaluator, "em-alumni")
    service.change_question(evaluator, "em-alumni", "F1", {"ask": "Seberapa sering langkah modul Anda ikuti?"})
    service.publish(evaluator, "em-alumni", "Kata yang lebih jelas.")
    ask(30, 6)
    return evaluator


def test_a_line_goes_through_the_waves_of_ones_units_in_few_queries(three_waves, sign_in, count_queries):
    page = service.trend_page(three_waves, "em-alumni", "F1")
    assert [(round(p.figure.value), p.link, p.figure.number) for p in page.points] == [
        (33, "", 1),
        (50, "tersambung", 1),
        (100, "tersambung", 2),
    ]
    apply = service.trend_page(three_waves, "em-alumni", "G1").points
    assert [round(p.figure.value, 1) for p in apply] == [50.3] * 3
    assert [p.figure.value for p in service.trend_page(three_waves, "em-alumni", "A1").points] == [195.0] * 3
    browser = sign_in(three_waves)
    with count_queries() as seen:
        shown = browser.get("/evaluasi/instrumen/em-alumni/garis/F1").text
    assert len(seen) + WHO_ACTS <= 6
    assert all(words in shown for words in ("Gelombang 90", "33,3%", "tersambung", "<svg"))
    for code in ("G3", "K1", "ID1", "X9"):
        assert browser.get(f"/evaluasi/instrumen/em-alumni/garis/{code}").status_code == 404
    elsewhere = sign_in(as_actor(someone("evaluator", "64"))).get("/evaluasi/instrumen/em-alumni/garis/F1")
    assert (elsewhere.status_code, "Belum ada garis" in elsewhere.text) == (200, True)
