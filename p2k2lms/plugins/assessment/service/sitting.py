"""Beginning a test, skipping the pre-test, opening the post-test, and giving somebody more time."""

import secrets
from dataclasses import dataclass
from typing import NamedTuple

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.models import Attempt, ExtraTime, Form, PostOpening
from p2k2lms.plugins.assessment.permissions import CHANGE_TIME, CREATE_ATTEMPT
from p2k2lms.plugins.assessment.rules import opening, timing
from p2k2lms.plugins.assessment.service import bank, ending
from p2k2lms.plugins.assessment.service.offers import CourseTests, tests_of
from p2k2lms.plugins.assessment.service.standing import standing_of
from p2k2lms.plugins.assessment.values import ALONE, EXAMS, IN_CLASS, PING, PRE, PURPOSES, QUICK
from p2k2lms.plugins.enrolment import service as enrolments
from p2k2lms.plugins.enrolment.values import EnrolmentCard
from p2k2lms.plugins.identity import service as identity

CLOSE = "assessment.close_attempt"
MOST_EXTRA = 240


class Begun(NamedTuple):
    """The attempt that somebody may now sit; `fresh` when it was not there before."""

    attempt_id: int
    fresh: bool


def start(actor: Actor, enrolment_id: int, purpose: str, sesi: str = "") -> int:
    """The same for who asks for the attempt alone."""
    return begin(actor, enrolment_id, purpose, sesi).attempt_id


def begin(actor: Actor, enrolment_id: int, purpose: str, sesi: str = "") -> Begun:
    """Begin an attempt, or find the one that still runs. Raises Conflict saying why not."""
    if purpose not in PURPOSES or bool(sesi) != (purpose == QUICK):
        raise NotFound("purpose")
    with unit_of_work("assessment.start_attempt", actor, f"enrolment:{enrolment_id}:{purpose}") as uow:
        enrolment = _own_enrolment(actor, enrolment_id)
        queries.one_at_a_time("enrolment", enrolment_id)
        if purpose == PING:
            return _begin_round(uow, enrolment)
        known = queries.attempts(enrolment_id, purpose)
        number = len(known) + 1
        form = bank.form_of(enrolment, purpose, number, sesi)
        for attempt in known:
            same = purpose in EXAMS or attempt.form_id == form.id
            if attempt.finished_at is None and same and not ending.close_if_over(attempt.id):
                return Begun(attempt.id, fresh=False)
        _must_be_open(enrolment, purpose, form.attempts_post)
        return Begun(_begin(uow, enrolment, purpose, number, form).id, fresh=True)


@dataclass(frozen=True)
class Ready:
    """A timed test before it is begun; `running` is the attempt that has been begun already, 0 for none."""

    tests: CourseTests
    purpose: str
    minutes: int
    running: int


def ready(actor: Actor, enrolment_id: int, purpose: str) -> Ready:
    """What there is to know before the clock runs. Raises Conflict saying why it may not be begun."""
    enrolment = _own_enrolment(actor, enrolment_id)
    found = tests_of(enrolment) if purpose in EXAMS else []
    if not found:
        raise NotFound("purpose")
    tests, begun = found[0], found[0].standing.unfinished(purpose)
    if begun is None:
        _must_be_open(enrolment, purpose, tests.blueprint.attempts_post)
    extra = queries.extra_time(enrolment.id)
    minutes = tests.blueprint.minutes + (extra.minutes if extra else 0)
    return Ready(tests, purpose, minutes, begun.id if begun else 0)


def _own_enrolment(actor: Actor, enrolment_id: int) -> EnrolmentCard:
    enrolment = enrolments.enrolment(enrolment_id)
    require(actor, CREATE_ATTEMPT, enrolment)
    return enrolment


def _begin_round(uow: UnitOfWork, enrolment: EnrolmentCard) -> Begun:
    """The round of the check of memory that is open: the one that runs, or a new one on the post-test's version.

    A class may have moved since, so neither the attempt nor its questions follow the version that it learns now.
    """
    _must_be_open(enrolment, PING, 0)
    number = standing_of(enrolment).ping_due
    for attempt in queries.attempts(enrolment.id, PING):
        if attempt.number == number:
            return Begun(attempt.id, fresh=False)
    tested = enrolment._replace(version_id=queries.version_before(enrolment.id, number))
    form = bank.form_of(tested, PING, number)
    return Begun(_begin(uow, enrolment, PING, number, form).id, fresh=True)


def _must_be_open(enrolment: EnrolmentCard, purpose: str, most_posts: int) -> None:
    why = opening.refusal(standing_of(enrolment), purpose, most_posts)
    if why:
        raise Conflict(
            {
                "ended": _("Angkatan Anda sudah selesai, jadi tes ini tidak dibuka lagi."),
                "pre_once": _("Pre-test hanya sekali, sebelum post-test. Yang sudah ada tetap tersimpan."),
                "locked": _("Post-test terbuka setelah semua langkah wajib selesai dibaca."),
                "passed": _("Anda sudah lulus post-test. Tidak perlu mengulang."),
                "used_up": _("Kesempatan post-test sudah habis. Hubungi widyaiswara kelas Anda."),
                "shut": _("Cek ingatan ini tidak terbuka: belum waktunya, sudah lewat, atau sudah Anda kerjakan."),
            }[why]
        )


def _begin(uow: UnitOfWork, enrolment: EnrolmentCard, purpose: str, number: int, form: Form) -> Attempt:
    now = clock.now()
    extra = queries.extra_time(enrolment.id)
    minutes = extra.minutes if extra and form.minutes else 0
    deadline = timing.deadline_of(now, form.minutes, minutes) if form.minutes else None
    attempt = uow.add(
        Attempt(
            person_id=enrolment.person_id,
            enrolment_id=enrolment.id,
            form_id=form.id,
            purpose=purpose,
            number=number,
            started_at=now,
            deadline=deadline,
            grace_seconds=form.grace_seconds,
            extra_minutes=minutes,
            seed=secrets.randbelow(2**31),
            zone=identity.zone_of(enrolment.person_id),
            place=IN_CLASS if enrolments.in_room(enrolment, now) else ALONE,
        )
    )
    if deadline:
        uow.enqueue(CLOSE, run_after=timing.closes_at(deadline, attempt.grace_seconds), attempt_id=attempt.id)
    return attempt


def skip_pre(actor: Actor, enrolment_id: int, reason: str) -> str:
    """Do without the pre-test, and say why; skipping twice is harmless. Returns the course."""
    reason = " ".join(reason.split())
    if not 3 <= len(reason) <= 200:
        raise Invalid(_("Tulis alasan Anda, 3 sampai 200 huruf."), "reason")
    with unit_of_work("assessment.skip_pre", actor, f"enrolment:{enrolment_id}") as uow:
        enrolment = _own_enrolment(actor, enrolment_id)
        queries.one_at_a_time("enrolment", enrolment_id)
        known = queries.attempts(enrolment_id, PRE)
        if any(attempt.skipped for attempt in known):
            return enrolment.course
        form = bank.form_of(enrolment, PRE, 1)
        _must_be_open(enrolment, PRE, form.attempts_post)
        uow.add(_skipped(enrolment, form, reason))
        return enrolment.course


def _skipped(enrolment: EnrolmentCard, form: Form, reason: str) -> Attempt:
    now = clock.now()
    return Attempt(
        person_id=enrolment.person_id,
        enrolment_id=enrolment.id,
        form_id=form.id,
        purpose=PRE,
        number=1,
        started_at=now,
        finished_at=now,
        skipped=True,
        skip_reason=reason,
    )


def open_post_test(enrolment_id: int, person_id: int) -> None:
    """The required cards are read: from now on the post-test may be begun. Saying it again is harmless."""
    with unit_of_work("assessment.open_post_test", subject=f"enrolment:{enrolment_id}") as uow:
        queries.one_at_a_time("enrolment", enrolment_id)
        if queries.opened_at(enrolment_id) is None:
            uow.add(PostOpening(enrolment_id=enrolment_id))
            uow.notify(person_id, "assessment.post_open", "/tes")


def set_extra_time(actor: Actor, enrolment_id: int, minutes: int) -> None:
    """Give somebody more minutes in every timed test, the one that runs now included."""
    if not 0 <= minutes <= MOST_EXTRA:
        raise Invalid(_("Isi 0 sampai %(most)s menit.", most=MOST_EXTRA), "minutes")
    with unit_of_work("assessment.set_extra_time", actor, f"enrolment:{enrolment_id}") as uow:
        enrolment = enrolments.enrolment(enrolment_id)
        require(actor, CHANGE_TIME, enrolment.angkatan_id or 0)
        if enrolment.person_id == actor.id:
            raise Conflict(_("Tambahan waktu untuk diri sendiri diberikan oleh widyaiswara lain."))
        queries.one_at_a_time("enrolment", enrolment_id)
        row = queries.extra_time(enrolment_id)
        if row is None:
            row = uow.add(ExtraTime(enrolment_id=enrolment_id, minutes=minutes, given_by=actor.id or 0))
        row.minutes, row.given_by, row.given_at = minutes, actor.id or 0, clock.now()
        _stretch(uow, enrolment_id, minutes)


def _stretch(uow: UnitOfWork, enrolment_id: int, minutes: int) -> None:
    for purpose in EXAMS:
        for attempt in queries.attempts(enrolment_id, purpose):
            held = queries.attempt_to_change(attempt.id) if attempt.finished_at is None else None
            if held is not None and held.finished_at is None and held.deadline is not None:
                held.deadline = timing.moved(held.deadline, minutes - held.extra_minutes)
                held.extra_minutes = minutes
                uow.enqueue(CLOSE, run_after=timing.closes_at(held.deadline, held.grace_seconds), attempt_id=held.id)
