"""Whoever is on a path of coaching learns and is tested as in a class, and no class is told of it."""

from datetime import date

import pytest

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.plugins.assessment import queries as tests_of
from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.delivery import service as delivery
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.values import EnrolmentCard, Spell
from p2k2lms.plugins.progress import service as progress
from tests.factories.assessment import sit
from tests.factories.delivery import reads
from tests.factories.enrolment import BANJAR, an_angkatan, the_course, the_unit
from tests.factories.identity import as_actor, someone


def on_a_path(path_id: int = 1) -> tuple[Actor, EnrolmentCard]:
    the_unit(BANJAR)
    person, version = someone("pendamping", BANJAR), the_course()
    made = service.begin_path(path_id, person, version.course, version.id)
    return as_actor(person), service.enrolment(made)


def test_cards_and_both_tests_are_open_on_a_path(both):
    actor, card = on_a_path()
    assert (card.angkatan_id, card.path_id, card.mode) == (None, 1, "mandiri")
    sit(actor, card.id, "pre")
    reads(actor, card, catalogue.required_steps(card.version_id))
    assert delivery.done_steps(card.person_id, card.course)
    attempt = sit(actor, card.id, "post")
    assert assessment.result(actor, attempt).waits_for == ""
    assert progress.completions_of(card.person_id) == []


def test_four_paths_share_the_orders_of_the_forms_evenly(app):
    orders = [tests_of.draw_of(card.person_id, None, card.path_id) for _, card in map(on_a_path, range(1, 5))]
    assert sorted(o for o in orders if o) == ["AB", "AB", "BA", "BA"]


def test_who_is_on_a_path_may_still_come_into_a_class(app):
    actor, card = on_a_path()
    door = an_angkatan(open_door=True)
    service.join(actor, door.id)
    assert {c.angkatan_id for c in service.enrolments_of(card.person_id)} == {None, door.id}
    assert [own.angkatan.id for own in service.own_classes(actor)] == [door.id]


@pytest.mark.parametrize(
    ("kind", "status", "prepared"),
    [
        ("kelas", "lulus", True),
        ("kelas", "selesai", False),
        ("coaching", "selesai", True),
        ("coaching", "berhenti", False),
    ],
)
def test_prepared_is_who_passed_a_class_or_finished_a_path(app, kind, status, prepared):
    actor, _card = on_a_path()
    known = {"person_id": actor.id, "kind": kind, "status": status, "object_ref": "x:1", "mode": "luring"}
    service.record_exposure(Spell(**known, valid_from=date(2020, 1, 1), valid_to=date(2020, 1, 11)))
    assert service.is_prepared(actor.id, clock.today()) is prepared
