"""Tests that need mending are told to the widyaiswara who teach the course, once enough have sat them."""

import pytest

from p2k2lms.core import clock
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.assessment import alerts, service
from p2k2lms.plugins.assessment.rules import clinic, quality
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.dashboards import watching
from tests.factories.catalogue import TINY
from tests.factories.enrolment import KAPUAS
from tests.factories.identity import as_actor, someone
from tests.factories.items import MISKEYED, a_class_of_the_reference


def found(rule):
    return list(rule(clock.today()))


def test_below_thirty_papers_nothing_is_told(app):
    a_class_of_the_reference(clinic.PROVISIONAL - 1)
    assert found(alerts.turned_items) == found(alerts.weak_forms) == []


def test_an_item_that_the_able_get_wrong_and_a_form_that_tells_nobody_apart_are_told_to_the_centre(both):
    trainer, angkatan = a_class_of_the_reference(48)
    (item,) = found(alerts.turned_items)
    (form,) = found(alerts.weak_forms)
    assert (item.params["item"], item.params["n"], item.person_id) == (MISKEYED, 48, None)
    assert item.params["d"] < -60
    assert item.url.endswith(f"/{TINY}/butir/{MISKEYED}")
    assert (form.params["form"], form.params["n"]) == ("A", 48)
    assert 0 < form.params["cic"] < quality.POOR
    assert {item.unit_id, form.unit_id} == {angkatan.centre_unit_id}
    watching.watch()
    lines = watching.queue(trainer).lines
    assert [line.rule for line in lines] == ["A-09", "A-09F"]
    assert MISKEYED in lines[0].title
    for other in (someone("koordinator", KAPUAS), someone("evaluator", "R4"), someone("widyaiswara", "62")):
        assert watching.queue(as_actor(other)).total == 0
        with pytest.raises(NotFound):
            watching.answer(as_actor(other), lines[0].id, "benar")
    watching.answer(trainer, lines[0].id, "benar")
    assert watching.queue(trainer).lines[0].verdict == "benar"


def test_it_closes_once_the_key_is_mended_and_published(app):
    trainer, _angkatan = a_class_of_the_reference(48)
    watching.watch()
    item = next(i for i in catalogue.bank(TINY).items if i.id == MISKEYED)
    options = [option | {"correct": option["text"] == "Lain 9"} for option in item.data["options"]]
    service.save_item(trainer, TINY, {**item.data, "options": options}, item.mark)
    assert len(found(alerts.turned_items)) == 1
    catalogue.publish(TINY)
    watching.watch()
    assert [line.rule for line in watching.queue(trainer).lines] == ["A-09F"]


def test_the_list_of_a_widyaiswara_leads_to_the_item(app, sign_in, count_queries):
    trainer, _angkatan = a_class_of_the_reference(48)
    watching.watch()
    page = sign_in(trainer)
    with count_queries() as seen:
        answer = page.get("/bimbingan/antrean")
    assert answer.status_code == 200
    assert len(seen) <= 6, seen
    assert f"/studio/soal/{TINY}/butir/{MISKEYED}" in answer.text
    assert page.get(f"/studio/soal/{TINY}/butir/{MISKEYED}").status_code == 200
