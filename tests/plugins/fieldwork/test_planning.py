"""What comes: sesi planned for months, suggested one after the other; and five families looked at each quarter."""

import io
from datetime import date

import pypdf
import pytest

from p2k2lms.core import clock
from p2k2lms.core.errors import Invalid, NotAllowed
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.rules import coverage, drawing, meetings, months, planning
from p2k2lms.plugins.fieldwork.values import Coverage
from p2k2lms.plugins.fieldwork.values.behaviours import BEHAVIOURS
from tests.conftest import WHO_ACTS
from tests.factories.enrolment import KAPUAS, the_course
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, held, sends
from tests.factories.identity import as_actor, someone

TODAY = clock.today()
MONTH = months.month_of(TODAY)
MOST_QUERIES = 6


def sesi_of_course():
    return meetings.numbered(catalogue.outline(the_course().id))


def test_what_was_passed_over_is_suggested_first_and_what_is_whole_never(app):
    (one,) = sesi_of_course()
    sesi = [one.model_copy(update={"id": f"s{n}", "number": n}) for n in range(1, 5)]
    cells = {s.id: Coverage(coverage.EMPTY) for s in sesi}
    assert planning.suggestions(sesi, cells, 2) == ["s1", "s2"]
    cells |= {"s1": Coverage(coverage.WHOLE), "s2": Coverage(coverage.HALF), "s4": Coverage(coverage.PASSED_OVER)}
    assert planning.suggestions(sesi, cells, 9) == ["s4", "s2", "s3"]


def test_a_plan_of_a_month_that_is_over_is_overdue_unless_it_was_given():
    cells = {"a": Coverage(coverage.EMPTY), "b": Coverage(coverage.NEXT), "c": Coverage(coverage.WHOLE)}
    found = planning.with_plan(
        cells, {"a": date(2026, 9, 1), "b": date(2026, 12, 1), "c": date(2026, 9, 1)}, MONTH.first
    )
    assert [found[key].state for key in "abc"] == [planning.OVERDUE, planning.PLANNED, coverage.WHOLE]


def test_twelve_months_from_november_end_in_october():
    found = planning.months_from(date(2026, 11, 17))
    assert (found[0], found[-1], len(found)) == (date(2026, 11, 1), date(2027, 10, 1), 12)


@pytest.mark.parametrize(("day", "code"), [(date(2026, 1, 1), "2026-1"), (date(2026, 12, 31), "2026-4")])
def test_a_quarter_has_a_name_and_comes_back_from_it(day, code):
    assert planning.quarter_code(day) == code
    assert planning.quarter_from(code) == planning.quarter_of(day)


def test_a_year_is_suggested_and_kept_with_one_tap(both):
    actor = as_actor(a_pendamping())
    card = a_group(actor.id)
    wanted = [one.id for one in sesi_of_course()]
    page = service.year_plan(actor, TODAY)
    assert [page.cells[card.id, m].sesi for m in page.months[: len(wanted)]] == wanted
    assert page.kept == 0
    assert service.keep_year(actor) == len(wanted)
    assert service.keep_year(actor) == 0
    assert service.year_plan(actor, TODAY).kept == len(wanted)
    line = service.coverage_map(actor).own[0]
    assert [line.cells[sesi].state for sesi in wanted] == [planning.PLANNED] * len(wanted)


def test_a_month_is_planned_for_own_groups_and_known_sesi_alone(both):
    actor = as_actor(a_pendamping())
    own, far, sesi = a_group(actor.id).id, a_group(a_pendamping()).id, sesi_of_course()[0].id
    day = MONTH.last.isoformat()
    service.keep_month(actor, TODAY, {own: (sesi, day), far: (sesi, "")})
    cell = service.year_plan(actor, TODAY).cells[own, MONTH.first]
    assert (cell.sesi, cell.on_day, cell.kept) == (sesi, MONTH.last, True)
    service.keep_month(actor, TODAY, {own: ("", "")})
    assert not service.year_plan(actor, TODAY).cells[own, MONTH.first].kept
    for wrong in ("besok", "2020-01-01"):
        with pytest.raises(Invalid):
            service.keep_month(actor, TODAY, {own: (sesi, wrong)})
    with pytest.raises(NotAllowed):
        service.keep_year(as_actor(someone("supervisor", KAPUAS)))


def test_the_plan_pages_work_by_plain_forms(app, sign_in, count_queries):
    actor = as_actor(a_pendamping())
    card, sesi = a_group(actor.id), sesi_of_course()[0]
    page = sign_in(actor)
    for url in ("/lapangan/rencana", "/lapangan/rencana/tahun", "/lapangan/peta", "/lapangan"):
        with count_queries() as asked:
            assert page.get(url).status_code == 200
        assert len(asked) + WHO_ACTS <= MOST_QUERIES, (url, asked)
    form = {"bulan": f"{MONTH.first:%Y-%m}", "group": card.id, "sesi": sesi.id, "on_day": "kemarin"}
    assert page.post("/lapangan/rencana", data=form).status_code == 422
    assert page.post("/lapangan/rencana", data=form | {"on_day": ""}).status_code == 303
    assert "tersimpan" in page.get("/lapangan/rencana").text
    assert page.post("/lapangan/rencana/tahun").status_code == 303
    paper = pypdf.PdfReader(io.BytesIO(page.get("/lapangan/rencana/tahun.pdf").data))
    assert card.name in paper.pages[0].extract_text().replace("\n", " ")


def five(card, **traits):
    """The payload of a spot check on the drawn numbers."""
    quarter = planning.quarter_of(TODAY)
    numbers = service.numbers_of(card.id, quarter, card.members)
    signs = {"first": "yyyyn", "second": "y--nn", "third": "-----"}
    return (
        {"group": card.id, "quarter": planning.quarter_code(quarter), "modul": "m1", "numbers": numbers}
        | signs
        | traits
    )


def test_the_numbers_are_fixed_by_group_and_quarter_and_differ_between_groups():
    sets = {tuple(drawing.roster_numbers(f"{g}:2026-4", 30)) for g in range(50)}
    assert len(sets) > 45
    assert all(len(set(one)) == 5 and max(one) <= 30 for one in sets)
    assert drawing.roster_numbers("1:2026-4", 3) != []
    assert sorted(drawing.roster_numbers("1:2026-4", 3)) == [1, 2, 3]


def test_a_spot_check_keeps_sums_and_shows_an_interval(both):
    actor = as_actor(a_pendamping())
    card = a_group(actor.id, members=30)
    answer = sends(actor, "spot_check", five(card))
    assert (answer.status, answer.flags) == ("accepted", ())
    page = service.quarter(actor)
    assert page.checked == {card.id}
    first, second, third = page.results["m1"]
    assert [(s.seen, s.asked) for s in (first, second, third)] == [(4, 5), (1, 3), (0, 0)]
    assert first.interval == (38, 96)
    assert third.interval is None


def test_what_is_odd_about_a_spot_check_is_kept_with_a_flag(app):
    old, new = as_actor(a_pendamping()), a_pendamping()
    card = a_group(None, members=30)
    held(card.id, old.id, date(2025, 1, 1), TODAY)
    held(card.id, new, TODAY)
    assert sends(old, "spot_check", five(card)).flags == ("serah_terima",)
    others = [n for n in range(1, 31) if n not in five(card)["numbers"]][:5]
    assert set(sends(as_actor(new), "spot_check", five(card, numbers=others)).flags) == {"nomor_lain", "mungkin_ganda"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"modul": "m9"},
        {"quarter": "2031-1"},
        {"quarter": "2026-5"},
        {"numbers": [1, 1, 2, 3, 4]},
        {"first": "yy"},
        {"second": "yyyyx"},
        {"numbers": []},
    ],
)
def test_an_impossible_spot_check_is_rejected(app, wrong):
    actor = as_actor(a_pendamping())
    assert sends(actor, "spot_check", five(a_group(actor.id, members=30), **wrong)).status == "rejected"


def test_a_group_of_another_is_not_checked(app):
    card = a_group(a_pendamping(), members=30)
    answer = sends(as_actor(someone("supervisor", KAPUAS)), "spot_check", five(card))
    assert answer.status == "rejected"


def test_every_modul_for_the_families_has_three_things_to_see():
    assert set(BEHAVIOURS) == {"m1", "m2", "m3", "m4", "m5"}
    assert {len(texts) for texts in BEHAVIOURS.values()} == {3}


def test_the_spot_check_page_works_by_a_plain_form(app, sign_in, count_queries):
    actor = as_actor(a_pendamping())
    card = a_group(actor.id, members=30)
    page, url = sign_in(actor), f"/lapangan/{card.id}/cek-lima"
    for address in (url, "/lapangan/cek-lima"):
        with count_queries() as asked:
            assert page.get(address).status_code == 200
        assert len(asked) + WHO_ACTS <= MOST_QUERIES, (address, asked)
    said = five(card)
    form = {"quarter": said["quarter"], "modul": "m2", "numbers": said["numbers"]}
    assert page.post(url, data=form | {"first": list("yyyy")}).status_code == 422
    form |= {name: list(said[name]) for name in ("first", "second", "third")}
    assert page.post(url, data=form).status_code == 303
    assert "terlihat 4 dari 5" in page.get("/lapangan/cek-lima").text
    assert sends(actor, "meeting", a_meeting([card.id])).status == "accepted"
