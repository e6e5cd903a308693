"""Issued with the completion, numbered without a gap, copied for ever, revoked with a reason, drawn once."""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from p2k2lms.core import clock, jobs, nature, notices, settings
from p2k2lms.core.access import SYSTEM
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.core.models import Job
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.certificates import service
from p2k2lms.plugins.certificates.models import Certificate, Counter, Drawing
from p2k2lms.plugins.certificates.rules import grouped
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.models import Person
from p2k2lms.plugins.progress import service as progress
from p2k2lms.plugins.progress.values import PASSED
from tests.factories.certificates import a_certificate, about_to_pass
from tests.factories.enrolment import an_angkatan
from tests.factories.identity import as_actor, someone, the_units
from tests.factories.progress import a_score

NOON = datetime(2026, 11, 13, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def places(both):
    the_units()


@pytest.fixture
def demo(both):
    nature.be_born(demo=True)


def kept() -> list[Certificate]:
    return list(db.session.scalars(select(Certificate).order_by(Certificate.id)))


def rename(person_id: int, name: str) -> None:
    with unit_of_work("test.rename"):
        db.session.get(Person, person_id).name = name


def text_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_who_passes_holds_a_certificate_from_that_moment(both):
    settings.choose(SYSTEM, identity.unit_by_code("R4").id, "certificates.unit", "BBPPKS-BJM")
    with clock.stopped(NOON):
        actor, card = a_certificate(name="Norhayati", birth_place="Kuala Kapuas", birth_date=date(1994, 3, 14))
    (row,) = kept()
    assert (row.number, row.name, row.status) == ("0001/BBPPKS-BJM/KURSUS-KECIL/XI/2026", "Norhayati", "berlaku")
    assert row.printed["birth"] == "Kuala Kapuas, 14 Maret 1994"
    assert row.printed["rank"] == "tidak berlaku (bukan ASN)"
    assert row.printed["agency"] == "Dinas Sosial Kabupaten Banjar"
    assert row.printed["marks"] == [["Pre-test", "40"], ["Post-test", "80"]]
    assert row.held == "secara daring dan diselesaikan pada 13 November 2026"
    assert card.code == row.code
    assert len(row.code) == 16
    assert "0001/BBPPKS-BJM" in notices.of_person(actor.id)[0].text


def test_a_class_with_an_end_is_named_by_its_days(both):
    trainer = someone("widyaiswara", "R4")
    angkatan = an_angkatan(trainer=trainer, mode="luring", starts=date(2026, 11, 2), ends=date(2026, 11, 13))
    settings.choose(SYSTEM, angkatan.centre_unit_id, "certificates.place", "Banjarbaru")
    _actor, card = about_to_pass(angkatan)
    progress.decide(as_actor(trainer), angkatan.id, card.id, PASSED, "Semua terpenuhi di kertas.")
    assert kept()[0].held == "secara tatap muka pada 2 sampai 13 November 2026 di Banjarbaru"


def test_what_stops_a_certificate_never_undoes_what_the_learner_has_done(both, caplog):
    actor, card = about_to_pass(name="Norhayati")
    centre = identity.unit_by_code("R4").id
    with unit_of_work("test.take_number") as uow:
        broken = uow.add(Counter(issuer_unit_id=centre, year=clock.today().year, last=-1))
    a_score(card, 16)
    assert progress.state_of(card.id).decision == PASSED
    assert kept() == []
    assert service.own(actor).coming
    assert "Norhayati" not in caplog.text
    with unit_of_work("test.mend"):
        db.session.merge(broken).last = 0
    jobs.run_due()
    assert [row.seq for row in kept()] == [1]
    assert not service.own(actor).coming


def test_a_job_that_comes_again_issues_nothing_twice(both):
    a_certificate()
    service.issue(kept()[0].completion_id)
    assert len(kept()) == 1


def test_a_setting_that_no_certificate_could_carry_is_refused_when_it_is_chosen(both):
    centre = identity.unit_by_code("R4").id
    for key, text in (("number", "{unit}/{year}"), ("place", "x" * 61), ("unit", "x" * 31), ("signer_name", "x" * 201)):
        with pytest.raises(Invalid):
            settings.choose(SYSTEM, centre, f"certificates.{key}", text)
    assert settings.of_unit(centre) == {}


def test_numbers_run_by_issuer_and_year_without_a_gap(both):
    with clock.stopped(NOON):
        for _ in range(3):
            a_certificate()
        a_certificate(an_angkatan(centre="63.03", open_door=True))
    with clock.stopped(NOON.replace(year=2027)):
        a_certificate()
    found = [(row.issuer_path.count("/"), row.year, row.seq) for row in kept()]
    assert found == [(3, 2026, 1), (3, 2026, 2), (3, 2026, 3), (found[3][0], 2026, 1), (3, 2027, 1)]


def test_people_who_pass_in_the_same_moment_get_different_numbers(both):
    waiting = [about_to_pass()[1] for _ in range(4)]
    start = Barrier(len(waiting))

    def finish(card) -> None:
        with both.app_context():
            start.wait()
            a_score(card, 16)

    a_score(waiting[0], 1)  # the paper exists before the race
    with ThreadPoolExecutor(len(waiting)) as people:
        list(people.map(finish, waiting))
    assert sorted(row.seq for row in kept()) == [1, 2, 3, 4]
    assert len({row.code for row in kept()}) == 4


def twin_of(row: Certificate, **changes: object) -> Certificate:
    """A second certificate that says the same but for these columns."""
    said = {column.name: getattr(row, column.name) for column in Certificate.__table__.columns if column.name != "id"}
    return Certificate(**said | {"code": "0" * 16} | changes)


def test_a_completion_has_one_certificate_that_stands_and_the_database_says_so(both):
    a_certificate()
    (row,) = kept()
    with pytest.raises(IntegrityError, match=r"stands|completion_id"), unit_of_work("test.issue_twice") as uow:
        uow.add(twin_of(row, number="0002/LAIN", seq=2))
    assert len(kept()) == 1


@pytest.mark.parametrize("changes", [{"seq": 2}, {"number": "0002/LAIN"}], ids=["number", "seq"])
def test_an_issuer_gives_a_number_once_a_year_and_the_database_says_so(both, changes):
    a_certificate()
    (row,) = kept()
    revoked = {"status": "dicabut", "revoked_on": clock.today()}  # beside it a new one may stand, under another number
    with pytest.raises(IntegrityError, match=r"number|seq"), unit_of_work("test.same_number") as uow:
        uow.add(twin_of(row, **revoked | changes))
    with unit_of_work("test.next_year") as uow:
        uow.add(twin_of(row, year=row.year + 1, **revoked))
    assert len(kept()) == 2


def test_what_was_printed_never_changes_with_the_person(both):
    actor, _card = a_certificate(name="Norhayati")
    rename(actor.id, "Hj. Norhayati, S.Sos.")
    assert service.of_person(actor.id)[0].name == "Norhayati"


def test_a_revoked_certificate_says_only_that_and_since_when(both):
    actor, card = a_certificate(name="Norhayati")
    trainer = as_actor(someone("widyaiswara", "R4"))
    with clock.stopped(NOON):
        service.revoke(trainer, grouped(card.code), "Salah ejaan nama")
    facts = service.check(card.code)
    assert (facts.status, facts.revoked_on) == ("dicabut", date(2026, 11, 13))
    assert "Salah ejaan nama" in notices.of_person(actor.id)[0].text
    with pytest.raises(Conflict, match="dicabut"):
        service.download(actor, card.code)
    with pytest.raises(Conflict):
        service.revoke(trainer, card.code, "Sekali lagi")


def test_a_certificate_issued_anew_has_the_mended_name_and_the_next_number(both):
    actor, card = a_certificate(name="Norhayti")
    rename(actor.id, "Norhayati")
    service.reissue(as_actor(someone("widyaiswara", "R4")), card.code, "Salah ejaan nama")
    old, new = kept()
    assert (old.status, new.status) == ("dicabut", "berlaku")
    assert (old.name, new.name) == ("Norhayti", "Norhayati")
    assert (new.seq, new.replaces_id, new.printed["replaces"]) == (old.seq + 1, old.id, old.number)
    assert old.code != new.code
    assert [c.replaced for c in service.of_person(actor.id)] == [False, True]


def test_revoking_asks_for_a_reason(both):
    _, card = a_certificate()
    trainer = as_actor(someone("widyaiswara", "R4"))
    for reason in ("", "   ", "x" * 501):
        with pytest.raises(Invalid):
            service.revoke(trainer, card.code, reason)
    assert kept()[0].status == "berlaku"


def test_only_a_widyaiswara_of_the_issuer_revokes_and_never_one_s_own(both):
    _actor, card = a_certificate()
    for role, code, refusal in (
        ("panitia", "R4", NotAllowed),
        ("admin", "R4", NotAllowed),
        ("pendamping", "63.03", NotAllowed),
        ("widyaiswara", "63.03", NotFound),
    ):
        with pytest.raises(refusal):
            service.revoke(as_actor(someone(role, code)), card.code, "Alasan")
    with pytest.raises(NotFound):
        service.revoke(as_actor(someone("widyaiswara", "R4")), "4H7Q-2MKD-9V0T-XA3B", "Alasan")


@pytest.mark.parametrize("typed", ["{code}", "{grouped}", " {lower} "])
def test_everybody_may_check_by_code(both, typed):
    _, card = a_certificate(name="Norhayati")
    asked = typed.format(code=card.code, grouped=grouped(card.code), lower=grouped(card.code).lower())
    facts = service.check(asked)
    assert (facts.name, facts.status) == ("Norhayati", "berlaku")


@pytest.mark.parametrize(
    "typed", ["", "   ", "4H7Q-2MKD-9V0T-XA3B", "0001", "'; DROP TABLE--", "x" * 5000, "%", "\x00"]
)
def test_what_is_no_certificate_is_not_found(both, typed):
    a_certificate()
    assert service.check(typed) is None


def test_two_certificates_of_one_number_are_told_apart_only_by_code(both):
    settings.choose(SYSTEM, identity.unit_by_code("R4").id, "certificates.number", "{seq}")
    with clock.stopped(NOON):
        _, first = a_certificate()
    with clock.stopped(NOON.replace(year=2027)):
        _, second = a_certificate()
    assert first.number == second.number == "0001"
    assert service.check("0001") is None
    assert service.check(first.code) is not None


def test_the_document_has_a_front_and_a_back_with_all_that_the_rule_asks(demo):
    actor, card = a_certificate(name="Norhayati", birth_place="Kuala Kapuas", birth_date=date(1994, 3, 14))
    front, back = text_of(service.download(actor, grouped(card.code)).pdf)
    for words in ("Norhayati", card.number, "Kuala Kapuas, 14 Maret 1994", "tidak berlaku (bukan ASN)", "Lulus"):
        assert words in front
    assert grouped(card.code) in front
    for words in ("Teknik fasilitasi", "Jumlah", "Post-test", "80", f"/cek/{grouped(card.code)}"):
        assert words in back


def test_the_document_is_drawn_once_and_its_bytes_stay(demo):
    actor, card = a_certificate()
    first = service.download(actor, card.code)
    rename(actor.id, "Orang lain")
    assert service.download(actor, card.code).pdf == first.pdf
    row = db.session.scalars(select(Drawing)).one()
    assert row.sha == hashlib.sha256(first.pdf).hexdigest()
    assert first.name == f"STTPP-{grouped(card.code)}.pdf"


def test_the_worker_draws_what_was_issued(demo):
    a_certificate()
    jobs.run_due()
    assert db.session.scalar(select(func.count()).select_from(Drawing)) == 1
    assert set(db.session.scalars(select(Job.error))) == {""}


def test_a_real_installation_without_an_address_draws_nothing_and_says_why(both):
    nature.be_born(demo=False)
    actor, card = a_certificate()
    with pytest.raises(Conflict, match="PUBLIC_URL"):
        service.download(actor, card.code)
    jobs.run_due()
    assert db.session.scalar(select(func.count()).select_from(Drawing)) == 0
    assert service.check(card.code) is not None
    both.config["PUBLIC_URL"] = "https://p2k2.contoh.go.id"
    try:
        pages = text_of(service.download(actor, card.code).pdf)
    finally:
        both.config["PUBLIC_URL"] = ""
    assert "https://p2k2.contoh.go.id/cek/" in pages[1]


def test_the_document_is_for_its_owner_and_the_staff_of_the_class(demo):
    trainer, panitia = someone("widyaiswara", "R4"), someone("panitia", "R4")
    actor, card = a_certificate(an_angkatan(open_door=True, trainer=trainer, panitia=panitia))
    for who in (actor, as_actor(trainer), as_actor(panitia)):
        assert service.download(who, card.code).pdf[:5] == b"%PDF-"
    for role in ("widyaiswara", "pendamping", "admin", "supervisor"):
        with pytest.raises(NotFound):
            service.download(as_actor(someone(role, "R4")), card.code)
