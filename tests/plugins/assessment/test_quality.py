"""The test page of a class: gains and trust as the reference has them, and no figure from too few answers."""

import math
import re

import numpy as np
import pytest
from sqlalchemy import delete, func, select

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment import queries, service
from p2k2lms.plugins.assessment.models import Attempt, GivenAnswer, Score
from p2k2lms.plugins.assessment.rules import quality
from p2k2lms.plugins.assessment.rules.quality import Sat
from p2k2lms.plugins.assessment.values import UNVERIFIED
from p2k2lms.plugins.assessment.words import figure
from p2k2lms.stats import rasch
from tests.conftest import WHO_ACTS
from tests.factories.identity import as_actor
from tests.factories.items import a_tested_class, first_right, forms_of, reference, sat
from tests.stats.reference import GOLDEN, table

LIMIT = 70


def marks_of(name: str) -> np.ndarray:
    return np.column_stack([values for key, values in table(name).items() if key != "person"]).astype(float)


A, B = marks_of("07_form_A.csv"), marks_of("07_form_B.csv")
ANCHORS = range(5)


def the_reference() -> list[Sat]:
    """The 40 enrolled of reference set 02, whose 36 pairs are the golden ones."""
    columns = table("02_prepost.csv")
    rows = zip(columns["pre_raw"], columns["post_raw"], columns["max_raw"], strict=True)

    def percent(raw: str, most: str) -> float | None:
        return 100 * float(raw) / float(most) if str(raw) not in ("", "nan") else None

    return [Sat(percent(pre, most), percent(post, most), "A", "B") for pre, post, most in rows]


def test_the_gain_of_the_reference_comes_out_with_its_interval_and_in_its_order():
    found = quality.class_gain(the_reference(), LIMIT, 80.0, None)
    assert (found.members, found.pairs) == (40, GOLDEN["prepost.n_pairs"])
    assert found.gain.gain == pytest.approx(GOLDEN["prepost.gain"])
    assert (found.gain.low, found.gain.high) == pytest.approx(tuple(GOLDEN["prepost.ci_gain"]))
    assert found.change.est == pytest.approx(0.707, abs=5e-4)
    assert (found.change.lo, found.change.hi) == pytest.approx((0.380, 1.035), abs=5e-4)
    assert found.hake == pytest.approx(GOLDEN["prepost.hake_class"])
    assert found.reliable.n_reliable_up == GOLDEN["prepost.rci"]["n_reliable_up"]
    assert not found.provisional


@pytest.mark.parametrize(
    ("pairs", "shown", "provisional"), [(9, False, False), (10, True, True), (29, True, True), (30, True, False)]
)
def test_a_gain_is_shown_from_ten_pairs_and_sure_from_thirty(pairs, shown, provisional):
    found = quality.class_gain([Sat(40.0 + n, 60.0 + n % 7) for n in range(pairs)], LIMIT, 80, None)
    assert ((found.gain is not None), found.provisional) == (shown, provisional)


def test_who_has_no_pair_is_counted_and_bounds_the_share_that_passes():
    sat = [Sat(50.0, 80.0)] * 6 + [Sat(None, 60.0)] * 2 + [Sat(50.0, None), Sat()]
    found = quality.class_gain(sat, LIMIT, 80, None)
    assert (found.pairs, found.without_pre, found.without_post, found.passed) == (6, 2, 2, 6)
    assert found.pass_bounds == (60.0, 80.0)
    assert found.many_unpaired
    assert (found.paired_mean, found.alone_mean) == (80.0, 60.0)


def test_who_has_18_9_of_27_stands_at_70_as_on_the_paper_itself():
    mark = 18.9 * 100 / 27
    assert mark < LIMIT  # a hair: no reason to fail somebody
    found = quality.class_gain([Sat(mark, mark), Sat(69.9, 69.9)], LIMIT, 80, None)
    assert (found.before_at_standard, found.after_at_standard, found.passed) == (1, 1, 1)


def test_many_at_the_top_raise_the_banner():
    sat = [Sat(50.0 + n, 96.0 if n < 3 else 80.0) for n in range(12)]
    assert quality.class_gain(sat, LIMIT, 80, None).at_ceiling
    assert not quality.class_gain(sat[2:], LIMIT, 80, None).at_ceiling


def test_what_does_not_vary_shows_plain_means():
    found = quality.class_gain([Sat(50.0, 60.0)] * 12, LIMIT, 80, None)
    assert found.gain.gain == 10
    assert math.isnan(found.gain.r)


def test_the_gain_on_equated_forms_takes_out_what_an_easier_form_gives():
    line = quality.equated(A, list(ANCHORS), B, list(ANCHORS))
    assert line.anchors == 5
    assert line.harder == pytest.approx(line.line.old_mean - line.line.new_mean)
    sat = [Sat(40.0 + n, 55.0 + n, "A", "B") for n in range(12)] + [
        Sat(40.0 + n, 55.0 + n, "A", "A") for n in range(12)
    ]
    found = quality.class_gain(sat, LIMIT, 80, line.line)
    moved = float(np.mean([line.line(np.array([55.0 + n]))[0] - (55.0 + n) for n in range(12)]))
    assert found.equated.gain == pytest.approx(found.gain.gain + moved / 2)


def test_raw_and_equated_gain_of_the_reference_forms_are_those_of_the_design():
    """Reference 07, in marks of twelve: means apart by 1.63 raw and 0.93 equated."""
    line = quality.equated(A, list(ANCHORS), B, list(ANCHORS)).line
    raw, moved = B.mean(axis=1) * 12, line(100 * B.mean(axis=1)) * 12 / 100
    assert raw.mean() - A.sum(axis=1).mean() == pytest.approx(1.63, abs=0.01)
    assert moved.mean() - A.sum(axis=1).mean() == pytest.approx(0.93, abs=0.01)


def test_forms_are_not_equated_from_fewer_than_thirty_papers_each():
    assert quality.equated(A[:29], list(ANCHORS), B, list(ANCHORS)) is None
    assert quality.equated(A, [], B, []) is None
    assert quality.equated(A[:30], list(ANCHORS), B[:30], list(ANCHORS)) is not None


@pytest.mark.parametrize(("papers", "known", "band"), [(9, False, False), (10, True, False), (30, True, True)])
def test_a_form_is_judged_from_thirty_papers_and_counted_below_ten(papers, known, band):
    found = quality.form_figures("A", A[:papers])
    assert (not math.isnan(found.alpha), bool(found.band)) == (known, band)
    assert known == (not math.isnan(found.alpha_span[0]))


def test_the_trust_of_the_reference_has_the_interval_of_the_design():
    marks = np.array(reference())
    found = quality.form_figures("A", marks / marks.max(axis=0).clip(1))
    assert (found.papers, found.provisional) == (24, True)
    assert found.alpha_span[0] < found.alpha < found.alpha_span[1]


def many(papers: int) -> np.ndarray:
    """Answers of people to ten items of growing difficulty, as a Rasch world gives them."""
    draw = np.random.default_rng(7)
    able, hard = draw.normal(0, 1, papers), np.linspace(-2, 2, 10)
    return (draw.random((papers, 10)) < 1 / (1 + np.exp(hard - able[:, None]))).astype(float)


def test_the_map_shows_everybody_once_and_the_hardest_item_on_top():
    marks, names = many(240), [f"q{n}" for n in range(10)]
    rows = quality.person_item_map(names, marks)
    assert sum(row.people for row in rows) == 240
    assert sorted(item for row in rows for item in row.items) == names
    placed = [item for row in rows for item in row.items]
    assert (placed[0], placed[-1]) == ("q9", "q0")
    assert [row.logit for row in rows] == sorted((row.logit for row in rows), reverse=True)


def test_there_is_no_map_below_two_hundred_papers_nor_of_items_marked_in_parts():
    names = [f"q{n}" for n in range(10)]
    assert quality.person_item_map(names, many(199)) == ()
    parts = many(220)
    parts[:, 3] /= 2
    parts[:, 4] = 1
    assert not {"q3", "q4"} & {item for row in quality.person_item_map(names, parts) for item in row.items}


def test_an_ability_expects_the_very_score_it_came_from():
    hard = np.linspace(-2, 3, 8)
    found = rasch.abilities(hard)
    assert np.isnan(found[[0, -1]]).all()
    expected = [(1 / (1 + np.exp(hard - theta))).sum() for theta in found[1:-1]]
    assert expected == pytest.approx(list(range(1, 8)))


PEOPLE = 12


def a_class():
    """A class of which a dozen sat both tests on forms of eleven common items, with its trainer."""
    trainer, angkatan, members = a_tested_class(PEOPLE)
    forms = forms_of(members)
    sat(members, forms, "pre", first_right(lambda n: n % 6 + 1))
    sat(members, forms[::-1], "post", first_right(lambda n: n % 6 + 4))
    return as_actor(trainer), angkatan


def test_a_class_sees_its_gain_and_the_trust_of_both_forms(both):
    trainer, angkatan = a_class()
    found = service.class_tests(trainer, angkatan.id)
    assert (found.gain.pairs, found.gain.provisional) == (PEOPLE, True)
    assert found.gain.gain.gain == pytest.approx(300 / 11)
    assert [(form.name, form.papers, form.items) for form in found.forms] == [("A", 6, 11), ("B", 6, 11)]
    assert all(math.isnan(form.alpha) for form in found.forms)
    assert (found.equated, found.map) == (None, ())


def test_the_page_says_what_is_provisional_and_what_waits_for_more(app, sign_in, count_queries):
    trainer, angkatan = a_class()
    browser = sign_in(trainer)
    with count_queries() as seen:
        page = browser.get(f"/tes/kelas/{angkatan.id}/mutu").text
    assert len(seen) + WHO_ACTS <= 6, seen
    assert "Rata-rata naik 27,3 (95%: 27,3 sampai 27,3) poin dari 100" in page
    assert "sementara" in page
    assert "Perlu 30 post-test pada tiap formulir" in page
    assert "Peta ini perlu 200 post-test" in page
    assert "tidak bisa dihitung dari soal ini" not in page


def the_page(sign_in, trainer, angkatan) -> str:
    return sign_in(trainer).get(f"/tes/kelas/{angkatan.id}/mutu").text


def _mended_to_full(attempts) -> None:
    """A newer mark for each of these attempts: all right."""
    full = {"points": 11.0, "max_points": 11.0, "objectives": {}, "mended": {}, "ruling": 1}
    full["key_version_id"] = db.session.scalar(select(func.min(Score.key_version_id)))
    queries.insert_many(Score, [full | {"attempt_id": one} for one in attempts])


def first_posts() -> list[Attempt]:
    return list(db.session.scalars(select(Attempt).where(Attempt.purpose == "post").order_by(Attempt.id)))


def test_who_passes_is_told_of_the_first_post_test_alone(both, sign_in):
    trainer, angkatan = a_class()
    with unit_of_work("test.again"):
        first = first_posts()
        kept = ("form_id", "person_id", "enrolment_id", "purpose")
        again = [{name: getattr(one, name) for name in kept} for one in first]
        queries.insert_many(Attempt, [one | {"number": 2, "finished_at": clock.now()} for one in again])
        _mended_to_full(db.session.scalars(select(Attempt.id).where(Attempt.number == 2)))
        first[0].timing = UNVERIFIED
    page = the_page(sign_in, trainer, angkatan)
    assert "4 dari 12 peserta tuntas pada post-test pertama." in page
    assert "Untuk 1 orang belum ada post-test pertama yang dihitung." in page


def test_what_cannot_be_computed_from_enough_papers_does_not_ask_for_more(app, sign_in, monkeypatch):
    trainer, angkatan = a_class()
    with unit_of_work("test.nobody_right"):
        db.session.execute(delete(GivenAnswer))
    monkeypatch.setattr(quality, "PROVISIONAL", 6)
    monkeypatch.setattr(quality, "MAP_FROM", 6)
    page = the_page(sign_in, trainer, angkatan)
    assert "Beda ini tidak bisa dihitung dari soal ini" in page
    assert "Peta tidak bisa dihitung dari soal ini" in page
    assert "Perlu 30" not in page
    assert "perlu 200" not in page


def test_correlation_and_effect_have_two_digits_and_an_undefined_share_no_unit(app, sign_in):
    trainer, angkatan = a_class()
    page = the_page(sign_in, trainer, angkatan)
    assert "<dd>1,00</dd>" in page  # everybody rose by as much
    assert re.search(r"SMCR\)</dt><dd>\d,\d\d \(95%: \d,\d\d sampai \d,\d\d\)", page)
    assert "poin</dd>" in page
    with unit_of_work("test.all_full"):
        _mended_to_full(db.session.scalars(select(Attempt.id)))
    page = the_page(sign_in, trainer, angkatan)
    assert "–%" not in page
    assert "– poin" not in page
    assert page.count("<dd>–</dd>") == 5  # effect, r, rise by chance, normalised change and Hake


@pytest.mark.parametrize(
    ("value", "traits", "said"),
    [
        (0.444, {"digits": 2}, "0,44"),
        (-0.004, {"digits": 2}, "0,00"),
        (-1.25, {"digits": 1, "sign": True}, "−1,2"),
        (12.34, {"unit": "%"}, "12,3%"),
        (math.nan, {"unit": "%"}, "–"),
    ],
)
def test_a_figure_is_written_with_its_digits_and_its_unit(app, value, traits, said):
    assert figure(value, **traits) == said
