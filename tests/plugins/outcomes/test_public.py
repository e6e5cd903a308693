"""Anybody reads what was published, and can subtract nothing from it; nobody reads what was not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, NotAllowed, NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.indicators.values import Counts
from p2k2lms.plugins.outcomes import service
from p2k2lms.plugins.outcomes.models import Release
from p2k2lms.plugins.outcomes.rules import analysis, hiding, public, release
from p2k2lms.stats.world import make
from tests.factories.enrolment import KAPUAS, the_unit
from tests.factories.identity import as_actor, someone
from tests.factories.outcomes import figure, last_month
from tests.factories.worlds import SMALL, a_plan, cube_columns

MOST_QUERIES = 6
COUNT = st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 30)).map(
    lambda x: Counts(min(x[0], x[1]), x[1], min(x[2], x[1]))
)


@given(st.lists(st.lists(COUNT, min_size=1, max_size=5), min_size=1, max_size=4))
def test_no_total_of_a_public_table_betrays_a_small_place(provinces):
    """The attacker knows every sum exactly, also those of places that are hidden further up."""
    counts, children, number = {}, {1: []}, 1
    for places in provinces:
        number += 1
        province = number
        children[1].append(province)
        children[province] = []
        for one in places:
            number += 1
            children[province].append(number)
            counts[number] = one
        counts[province] = _sum(places)
    counts[1] = _sum([counts[one] for one in children[1]])
    told = public.table(1, children, {"L3-01": counts})
    shown = {unit for unit, cells in told.items() if cells["L3-01"] is not None}
    assert not any(hiding.is_small(counts[unit]) for unit in shown)
    for above, below in children.items():
        hidden = [counts[one] for one in below if one not in shown and any(counts[one])]
        if above in shown and hidden:
            assert len(hidden) > 1
            assert sum(one.n_people for one in hidden) >= hiding.NARROWEST
            assert sum(one.numerator for one in hidden) >= hiding.NARROWEST or len(hidden) == _others(below, counts)


def _sum(ones):
    whole = Counts()
    for one in ones:
        whole = whole.plus(one)
    return whole


def _others(below, counts):
    return sum(any(counts[one]) for one in below)


@pytest.mark.parametrize(("size", "told"), [(0, 0), (7, 5), (8, 10), (1_142, 1_140)])
def test_sizes_are_told_to_the_nearest_five(size, told):
    assert public.nearest(size) == told


@pytest.fixture
def frozen(app):
    """A plan of Kalimantan with a frozen month, and figures of that month."""
    the_unit(KAPUAS)
    actor = as_actor(someone("evaluator", "R4"))
    plan_id = service.register(actor, a_plan(), identity.unit_by_code("R4").id)
    result = analysis.result(a_plan(), cube_columns(make(SMALL, 3)))
    content = release.pack(a_plan().body(), "", result)
    with unit_of_work("test.freeze") as uow:
        row = Release(plan_id=plan_id, month=last_month(), sha=content[-64:].decode(), content=content)
        release_id = uow.add(row).id
    for code, met, due, people in (
        ("R4", 300, 400, 80),
        ("62", 200, 250, 48),
        ("63", 100, 150, 32),
        ("62.03", 195, 240, 45),
        ("62.04", 5, 10, 3),
        ("62.03.01", 190, 232, 44),
    ):
        figure(code, "L3-01", met, due, people)
    return actor, plan_id, release_id, result


def words_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_a_month_is_read_by_anybody_once_an_evaluator_of_its_unit_published_it(app, frozen, count_queries):
    actor, plan_id, release_id, result = frozen
    visitor = app.test_client()
    assert visitor.get(f"/dampak/rilis/{release_id}").status_code == 404
    assert "Belum ada rilis" in visitor.get("/dampak/rilis").text
    with pytest.raises(NotFound):
        service.publish(as_actor(someone("evaluator", "62")), plan_id, release_id)
    with pytest.raises(NotAllowed):
        service.publish(as_actor(someone("koordinator", KAPUAS)), plan_id, release_id)
    service.publish(actor, plan_id, release_id)
    with pytest.raises(Conflict):
        service.publish(actor, plan_id, release_id)
    with count_queries() as seen:
        page = visitor.get(f"/dampak/rilis/{release_id}")
    assert len(seen) <= MOST_QUERIES
    said = words_of(page)
    assert page.status_code == 200
    assert "80% dari 250" in said
    assert "81% dari 240" not in said  # 62.04 is small, and could be worked out from it
    assert "50% dari 10" not in said
    assert "wilayah tanpa angka" in said  # named, not drawn as a table of lines
    assert "Kabupaten Kotawaringin Timur" not in page.text.partition("<table")[2].partition("</table>")[0]
    assert not re.search(r"\bSelat\b", said)
    assert f"kira-kira {public.nearest(result['sizes']['trained'])} orang" in said
    assert f"/dampak/rilis/{release_id}" in visitor.get("/dampak/rilis").text
    assert "/dampak/rilis" in visitor.get("/").text


def test_what_was_published_stays_though_figures_change(app, frozen):
    actor, plan_id, release_id, _result = frozen
    service.publish(actor, plan_id, release_id)
    before = app.test_client().get(f"/dampak/rilis/{release_id}").text
    figure("62", "L4-01", 10, 250, 48)
    assert app.test_client().get(f"/dampak/rilis/{release_id}").text == before


def test_what_one_release_hides_no_other_release_of_the_month_shows(app, frozen):
    """62.03 alone would say 81 percent of 240, and 62 says 80 of 250: the small 62.04 is what is between them."""
    _actor, _plan, release_id, _result = frozen
    below = as_actor(someone("evaluator", KAPUAS))
    plan_id = service.register(below, a_plan(), identity.unit_by_code(KAPUAS).id)
    first = db.session.get(Release, release_id)
    content, sha = first.content, first.sha
    with unit_of_work("test.freeze") as uow:
        second = uow.add(Release(plan_id=plan_id, month=last_month(), sha=sha, content=content)).id
    service.publish(below, plan_id, second)
    page = app.test_client().get(f"/dampak/rilis/{second}")
    assert page.status_code == 200
    assert "240" not in words_of(page)
