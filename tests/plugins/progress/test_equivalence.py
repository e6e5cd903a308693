"""Equivalence: proposed by facts, decided by a widyaiswara of the unit who is somebody else, and never in silence."""

from importlib import import_module

import pytest

from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.certificates import service as certificates
from p2k2lms.plugins.coaching.models import CoachingPath
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.progress import service
from tests.conftest import WHO_ACTS
from tests.factories.enrolment import BANJAR, KAPUAS, the_unit
from tests.factories.identity import a_posting, as_actor, someone
from tests.plugins.progress.paths import a_decider, a_finished_walk


def test_a_whole_path_is_proposed_decided_and_gets_its_letter(both):
    walk, decider = a_finished_walk(), a_decider()
    case = service.path_case(decider, walk.path.id)
    assert case.proposal.passed, case.proposal.missing
    assert [one.path.id for one in service.paths_waiting(decider)] == [walk.path.id]
    service.decide_path(decider, walk.path.id, "setara", "")
    assert service.paths_waiting(decider) == []
    letter = certificates.of_person(walk.path.person_id)[0]
    assert (letter.kind, letter.angkatan_id, letter.status) == ("Surat Keterangan Bimbingan", None, "berlaku")
    facts = certificates.check(letter.code)
    assert facts is not None
    assert facts.kind == letter.kind
    with pytest.raises(Conflict):
        service.decide_path(decider, walk.path.id, "belum_setara", "Berubah pikiran")


def test_a_decided_path_takes_no_place_among_those_that_wait(both, monkeypatch):
    rule = import_module("p2k2lms.plugins.progress.service.equivalence")
    monkeypatch.setattr(rule, "AT_ONCE", 1)
    equal, later, new = (a_finished_walk(name=f"Jalur {n}") for n in range(3))
    decider = a_decider()
    with unit_of_work("test.without_enrolment"):
        db.session.get(CoachingPath, equal.path.id).enrolment_id = None
    service.decide_path(decider, equal.path.id, "setara", "Dinilai langsung di lapangan")
    service.decide_path(decider, later.path.id, "belum_setara", "Uji lisan dulu")
    assert [one.path.id for one in service.paths_waiting(decider)] == [new.path.id]
    monkeypatch.setattr(rule, "AT_ONCE", 3)
    assert [one.path.id for one in service.paths_waiting(decider)] == [new.path.id, later.path.id]


def test_the_home_page_of_who_decides_names_whose_path_waits_in_six_queries(app, sign_in, count_queries):
    walk, browser = a_finished_walk(), sign_in(a_decider())
    page = browser.get("/").text
    assert "1 jalur menunggu putusan" in page
    assert identity.person(walk.path.person_id).name in page
    with count_queries() as seen:
        browser.get("/")
    assert len(seen) <= 6, seen


def test_what_lacks_is_named_and_may_be_mended(both):
    walk, decider = a_finished_walk(whole=False), a_decider()
    case = service.path_case(decider, walk.path.id)
    assert {c.key for c in case.proposal.missing} == {"cards", "post_test", "rungs"}
    with pytest.raises(Invalid):
        service.decide_path(decider, walk.path.id, "setara", "")
    with pytest.raises(Invalid):
        service.decide_path(decider, walk.path.id, "belum_setara", " ")
    with pytest.raises(Invalid):
        service.decide_path(decider, walk.path.id, "lulus", "x")
    service.decide_path(decider, walk.path.id, "belum_setara", "Selesaikan post-test")
    assert certificates.of_person(walk.path.person_id) == []
    assert service.paths_waiting(decider)[0].decided.note == "Selesaikan post-test"
    service.decide_path(decider, walk.path.id, "setara", "Sudah diuji lisan")
    assert len(certificates.of_person(walk.path.person_id)) == 1


def test_nobody_decides_about_himself_or_outside_the_own_unit(app):
    walk = a_finished_walk()
    a_posting(walk.path.person_id, "widyaiswara", "R4")
    oneself = as_actor(walk.path.person_id)
    assert not service.path_case(oneself, walk.path.id).may_decide
    with pytest.raises(Conflict):
        service.decide_path(oneself, walk.path.id, "setara", "Saya siap")
    the_unit(KAPUAS)
    with pytest.raises(NotFound):
        service.decide_path(as_actor(someone("widyaiswara", KAPUAS)), walk.path.id, "setara", "x")
    with pytest.raises(NotAllowed):
        service.decide_path(as_actor(someone("koordinator", BANJAR)), walk.path.id, "setara", "x")
    with pytest.raises(NotFound):
        service.path_case(a_decider(), 999)


def test_it_is_decided_on_a_page_and_the_letter_is_a_pdf_of_its_own(app, sign_in, count_queries, monkeypatch):
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://p2k2.contoh.go.id")
    walk, decider = a_finished_walk(), a_decider()
    page, url = sign_in(decider), f"/bimbingan/keputusan/{walk.path.id}"
    assert "1 jalur menunggu putusan" in page.get("/").text
    with count_queries() as seen:
        assert f'href="{url}"' in page.get("/bimbingan/keputusan").text
    assert len(seen) <= 6 - WHO_ACTS, seen
    assert "setara diklat" in page.get(url).text
    assert page.post(url, data={"decision": "", "note": ""}).status_code == 422
    assert page.post(url, data={"decision": "setara", "note": ""}).status_code == 303
    learner = sign_in(walk.learner)
    assert "Setara diklat" in learner.get(f"/bimbingan/jalur/{walk.path.id}").text
    assert "Surat Keterangan Bimbingan" in learner.get("/sertifikat").text
    letter = certificates.of_person(walk.path.person_id)[0]
    document = learner.get(f"/sertifikat/{letter.code}.pdf")
    assert document.data[:5] == b"%PDF-"
    assert "Keterangan-" in document.headers["Content-Disposition"]
    assert page.get(f"/sertifikat/{letter.code}.pdf").status_code == 200
    assert "Surat ini asli" in app.test_client().get(f"/cek/{letter.code}").text
    told = {"what": "ganti", "reason": "Nama diperbaiki"}
    assert page.post(f"/sertifikat/{letter.code}/cabut", data=told).status_code == 303
    standing = {one.code: one.status for one in certificates.of_person(walk.path.person_id)}
    assert standing.pop(letter.code) != "berlaku"
    assert list(standing.values()) == ["berlaku"]
