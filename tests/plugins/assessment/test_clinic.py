"""The clinic finds what is wrong with an item and no more than the number of answers allows."""

import json
import math

import pytest

from p2k2lms.plugins.assessment import queries, service
from p2k2lms.plugins.assessment.rules import clinic
from p2k2lms.plugins.assessment.rules.clinic import Sat
from p2k2lms.plugins.assessment.service.clinic import sat_items
from p2k2lms.plugins.assessment.values import Item
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import service as enrolments
from tests.conftest import WHO_ACTS
from tests.factories.assessment import a_trainer
from tests.factories.catalogue import TINY
from tests.factories.enrolment import an_angkatan, some_members
from tests.factories.identity import as_actor
from tests.factories.items import DATA, a_class_of_the_reference, a_tested_course, as_in_reference, forms_of, reference
from tests.factories.items import sat as all_sat

MISKEYED = 9  # of reference set 01: discrimination -70.3, efficiency -82.9


def sat(column: int, rows: list[list[float]], most: float = 1.0) -> Sat:
    return Sat(f"i{column:02}", [row[column - 1] / most for row in rows], [sum(row) for row in rows], 0.25)


def test_only_the_mis_keyed_item_of_the_reference_is_suspected():
    found = clinic.worst_first([sat(n, reference()) for n in range(1, 12)])
    assert [(one.item, [flag.rule for flag in one.flags]) for one in found] == [("i09", [clinic.KEY])]
    golden = json.loads((DATA / "golden.json").read_text("utf-8"))["items.i09"]["value"]
    assert found[0].discrimination == pytest.approx(golden["discrimination_index_pct"], abs=1e-6)
    assert found[0].efficiency == pytest.approx(golden["discriminative_efficiency_pct"], abs=1e-6)
    assert found[0].facility == pytest.approx(golden["facility_pct"], abs=1e-6)
    assert found[0].provisional


@pytest.mark.parametrize("size", [4, 9])
def test_below_ten_answers_nothing_is_flagged(size):
    assert clinic.judged(sat(MISKEYED, reference()[:size])).flags == ()


@pytest.mark.parametrize(("size", "low", "high"), [(30, -7, 60), (100, 11, 47), (200, 17, 42)])
def test_a_discrimination_of_30_lies_where_the_table_of_least_numbers_says(size, low, high):
    span = clinic._fisher(0.3, size)
    assert [round(end) for end in span] == [low, high]


RANKED = [float(n) for n in range(40)]


@pytest.mark.parametrize(
    ("marks", "more", "rules"),
    [
        ([n >= 20 for n in range(40)], {}, []),
        ([True] * 40, {}, ["easy"]),
        ([n < 20 for n in range(40)], {}, ["key"]),
        ([n in (3, 38) for n in range(40)], {"guess": 0.25}, ["hard", "weak"]),
        ([n % 2 == 1 for n in range(40)], {}, ["weak"]),
        (
            [n >= 20 for n in range(40)],
            {
                "taken": ["a" if n >= 20 else "b" for n in range(40)],
                "key": "a",
                "options": {"a": "A", "b": "B", "c": "C"},
            },
            ["dead"],
        ),
        (
            [10 <= n < 30 for n in range(40)],
            {"taken": ["a" if 10 <= n < 30 else "b" for n in range(40)], "key": "a", "options": {"a": "A", "b": "B"}},
            ["rival", "weak"],
        ),
    ],
)
def test_each_flag_has_its_reason(marks, more, rules):
    totals = [rank + mark for rank, mark in zip(RANKED, marks, strict=True)]
    assert [flag.rule for flag in clinic.judged(Sat("q", [float(m) for m in marks], totals, **more)).flags] == rules


def test_what_does_not_vary_has_no_discrimination_and_no_interval():
    figures = clinic.judged(Sat("q", [1.0] * 40, RANKED))
    assert math.isnan(figures.discrimination)
    assert math.isnan(figures.discrimination_span[0])


@pytest.fixture
def sat_class(app):
    """A class that answered the first eleven items of the reference, with its trainer."""
    return a_class_of_the_reference()


def test_the_mis_keyed_item_is_found_mended_and_marked_anew_with_both_scores_kept(sat_class, sign_in, count_queries):
    trainer, angkatan = sat_class
    browser = sign_in(trainer)
    with count_queries() as seen:
        page = browser.get(f"/tes/kelas/{angkatan.id}/klinik").text
    assert len(seen) + WHO_ACTS <= 6, seen
    assert "1 soal perlu diperbaiki" in page
    assert "Kemungkinan kunci salah" in page
    found = service.class_clinic(trainer, angkatan.id)
    assert (found.papers, found.judged) == (24, 11)
    assert [case.item.id for case in found.cases] == ["q-m1-s01-09"]
    item = next(i for i in catalogue.bank(TINY).items if i.id == "q-m1-s01-09")
    options = [option | {"correct": option["text"] == "Lain 9"} for option in item.data["options"]]
    service.save_item(trainer, TINY, {**item.data, "options": options}, item.mark)
    version = catalogue.publish(TINY)
    assert service.class_clinic(trainer, angkatan.id).cases[0].mended
    url = f"/tes/kelas/{angkatan.id}"
    assert f'action="{url}/nilai-ulang/{version.id}"' in browser.get(url).text
    with count_queries() as seen:
        browser.get(url)
    assert len(seen) + WHO_ACTS <= 6, seen
    assert service.rescore(trainer, angkatan.id, version.id) == 24
    attempt = queries.finished_attempts([m.id for m in enrolments.members(angkatan.id)])[0]
    before, after = queries.scores(attempt.id)
    assert (before.key_version_id, after.key_version_id) == (angkatan.version_id, version.id)
    assert abs(before.points - after.points) == 1


def test_an_item_is_judged_over_all_classes_that_sat_it_and_apart_from_its_other_version(app):
    trainer = a_trainer()
    a_tested_course()
    classes = []
    for people, reworded in ((6, 0), (5, 0), (7, 1)):
        a_tested_course(reworded=reworded)
        angkatan = an_angkatan(trainer=trainer)
        members = some_members(angkatan, people)
        all_sat(members, forms_of(members)[:1], "post", as_in_reference)
        classes.append((angkatan, members))
    assert len({angkatan.version_id for angkatan, _members in classes}) == 2
    for angkatan, members in classes:
        found = service.class_clinic(as_actor(trainer), angkatan.id)
        assert found.papers == 18  # whatever class and version sat one of its items
        papers = queries.papers_like([member.id for member in members])
        items = {key: Item.thawed(body) for key, body in papers.bodies.items()}
        asked = sorted((one.item, len(one.marks)) for one in sat_items(papers, items))
        counted = {(items[int(key)].id[-2:], items[int(key)].stem.split()[1], n) for key, n in asked}
        assert counted == {
            ("01", "rujukan", 11),
            ("01", "baru", 7),
            *((f"{n:02}", "rujukan", 18) for n in range(2, 12)),
        }
