"""Who somebody is, where they work, who sees whom: on both databases."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from p2k2lms.core.access import Actor
from p2k2lms.core.db import db
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.identity import service
from tests.factories.identity import a_person, a_posting, as_actor, someone, supervised, the_units

TODAY = date(2026, 11, 21)


def test_the_product_ships_regional_iv_with_both_codes(both):
    the_units()
    assert service.unit_by_code("65.01").name == "Kabupaten Bulungan"
    assert service.unit_by_code("65.01").bps_code == "6502"
    assert service.unit_by_code("65.02").bps_code == "6501"
    assert service.unit_by_code("64.02").bps_code == "6403"
    assert service.unit_by_code("62.03").path == "/ID/R4/62/62.03/"
    assert service.unit_by_code("62.03").zone == "Asia/Pontianak"
    assert service.unit_by_code("65.71").zone == "Asia/Makassar"


def test_regional_iv_is_four_provinces_and_42_kabupaten_and_kota_with_both_codes(both):
    codes = list(the_units())
    units = [service.unit_by_code(code) for code in codes]
    below = [unit for unit in units if unit.path.startswith("/ID/R4/")]
    levels = Counter(unit.level for unit in below)
    assert (levels["provinsi"], levels["kabupaten"]) == (4, 42)
    assert levels["kecamatan"] > 0
    assert all(unit.bps_code for unit in below if unit.level in ("provinsi", "kabupaten"))


def test_shipping_the_units_again_changes_nothing(both):
    the_units()
    again = service.ship_units()
    assert (again.created, again.changed, again.same, again.faults) == (0, 0, 69, ())


def test_the_lineage_of_a_unit_is_its_id_and_those_above_nearest_first(both):
    ids = the_units()
    selat = service.unit_by_code("62.03.01")
    assert selat.lineage == tuple(ids[code] for code in ("62.03.01", "62.03", "62", "R4", "ID"))


def test_a_person_works_where_the_posting_of_the_day_is_and_first_as_pendamping(both):
    the_units()
    person_id = someone("panitia", "R4")
    a_posting(person_id, "pendamping", "62.03", valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 1))
    assert service.home_unit(person_id, date(2026, 5, 31)).kemendagri_code == "62.03"
    assert service.home_unit(person_id, date(2026, 6, 1)).kemendagri_code == "R4"
    assert service.home_unit(a_person(), TODAY) is None


def test_two_postings_of_one_role_in_one_unit_never_share_a_day(both):
    the_units()
    person_id = someone("pendamping", "62.03")
    with pytest.raises(IntegrityError):
        a_posting(person_id, "pendamping", "62.03", valid_from=date(2026, 1, 1))
    a_posting(person_id, "pendamping", "63.03")


def test_a_pendamping_has_one_supervisor_on_a_day(both):
    the_units()
    pendamping = someone("pendamping", "62.03")
    first, second = someone("supervisor", "62.03"), someone("supervisor", "62.03")
    supervised(first, pendamping, valid_to=date(2026, 6, 1))
    supervised(second, pendamping, valid_from=date(2026, 6, 1))
    assert service.supervisor_of(pendamping, date(2026, 5, 31)) == first
    assert service.supervisor_of(pendamping, date(2026, 6, 1)) == second
    assert service.supervised_by(first, TODAY) == []
    with pytest.raises(IntegrityError):
        supervised(first, pendamping, valid_from=date(2026, 7, 1))


def test_people_of_units_takes_in_the_units_below_and_nothing_beside(both):
    the_units()
    here = [someone("pendamping", code) for code in ("62.03", "62.03.01", "62.03")]
    someone("pendamping", "62.04")
    someone("supervisor", "62.03")
    path = service.unit_by_code("62.03").path
    assert [p.id for p in service.people_of_units([path], ["pendamping"], TODAY)] == here
    rest = service.people_of_units([path], ["pendamping"], TODAY, after_id=here[0], limit=1)
    assert [p.id for p in rest] == [here[1]]
    assert service.people_of_units([], ["pendamping"], TODAY) == []


def test_a_page_of_the_whole_country_has_who_is_posted_anywhere_each_once(both):
    the_units()
    one, two = (someone("pendamping", code) for code in ("62.03", "63.03"))
    a_posting(two, "pendamping", "65.01")
    someone("supervisor", "62.03"), a_person()
    assert service.ids_of_units(["/ID/"], ["pendamping"], TODAY) == [one, two]
    assert service.ids_of_units(["/ID/"], ["pendamping"], TODAY, after_id=one) == [two]
    assert service.ids_of_units(["/ID/R4/62/"], ["pendamping"], TODAY) == [one]


def test_a_page_of_the_whole_country_walks_along_the_people_and_sorts_nobody(app, count_queries):
    the_units()
    for many, path in ((False, "/ID/"), (True, "/ID/R4/")):
        with count_queries() as seen:
            service.ids_of_units([path], ["pendamping"], TODAY, limit=50)
        plan = [row[3] for row in db.session.execute(text("EXPLAIN QUERY PLAN " + seen[-1].replace("?", "1")))]
        assert any("TEMP B-TREE" in step for step in plan) == many, plan


@pytest.mark.parametrize(
    ("role", "code", "sees"),
    [
        ("koordinator", "62.03", True),
        ("koordinator", "62", True),
        ("koordinator", "62.04", False),
        ("admin", "ID", True),
        ("admin", "63", False),
        ("dinsos", "62.03", False),
        ("evaluator", "ID", False),
        ("widyaiswara", "R4", False),
        ("pendamping", "62.03", False),
        ("supervisor", "62.03", False),
    ],
)
def test_who_may_see_a_pendamping_of_kapuas(both, role, code, sees):
    the_units()
    pendamping = someone("pendamping", "62.03")
    assert service.may_see(as_actor(someone(role, code)), pendamping, TODAY) is sees


def test_one_sees_oneself_and_a_supervisor_sees_the_supervised(both):
    the_units()
    pendamping, supervisor = someone("pendamping", "62.03"), someone("supervisor", "62.03")
    supervised(supervisor, pendamping, valid_to=date(2026, 6, 1))
    assert service.may_see(Actor(pendamping), pendamping, TODAY)
    assert service.may_see(Actor(supervisor), pendamping, date(2026, 5, 1))
    assert not service.may_see(Actor(supervisor), pendamping, TODAY)
    assert not service.may_see(Actor(), pendamping, TODAY)


def test_a_stranger_is_not_found(both):
    with pytest.raises(NotFound):
        service.person(4711)
    with pytest.raises(NotFound):
        service.unit_by_code("99")
    assert service.people([4711]) == {}
    assert service.zone_of(4711) == "Asia/Makassar"
