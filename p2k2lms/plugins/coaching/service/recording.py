"""Takes in a filled sheet: who may rate whom, in which class or meeting, and what the signs earn."""

from p2k2lms.core import clock, photos
from p2k2lms.core.access import Actor, allowed
from p2k2lms.core.errors import Invalid, NotFound
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.submissions import Sent, SubmissionKind
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import Outline, RubricDef
from p2k2lms.plugins.coaching.events import ObservationRecorded
from p2k2lms.plugins.coaching.models import Observation
from p2k2lms.plugins.coaching.permissions import CREATE_OBSERVATION
from p2k2lms.plugins.coaching.queries import sheets as read
from p2k2lms.plugins.coaching.rules import sheets as rules
from p2k2lms.plugins.coaching.service import touching
from p2k2lms.plugins.coaching.values import About, ObservationPayload
from p2k2lms.plugins.coaching.values.words import (
    AHEAD,
    FLAGS,
    LATE,
    MICRO,
    NOT_SEEN,
    OBSERVATIONS,
    PHOTO_OF,
    WITHOUT_SELF,
)
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.identity import service as identity


def take(actor: Actor, sent: Sent, payload: ObservationPayload) -> list[str]:
    """Apply `coaching.observation`: one side of a sheet, by who may watch this person on that day."""
    with unit_of_work("coaching.record_observation", actor, f"observation:{sent.id}") as uow:
        if not allowed(actor, CREATE_OBSERVATION, About(payload.person, payload.on_day)):
            raise Invalid(_("Orang ini bukan binaan Anda pada hari itu."), "payload.person")
        angkatan_id = _class_of(actor, payload)
        received_on = clock.on_day(sent.received_at, identity.zone_of(payload.person))
        if clock.is_ahead(payload.on_day, received_on):
            raise Invalid(_("Tanggal ini belum tiba."), "payload.on_day")
        outline, rubric = _content(payload)
        if not payload.steps and not payload.scores.strip(NOT_SEEN):
            raise Invalid(_("Tandai dulu paling sedikit satu langkah atau satu perilaku."), "payload.scores")
        earned, most = rules.points(rubric, payload.scores, payload.adapted)
        own = actor.id == payload.person
        odd = {
            WITHOUT_SELF: not own and not read.own_on(payload.person, payload.context, payload.sesi, payload.on_day),
            AHEAD: payload.on_day > received_on,
            LATE: rules.is_late(payload.on_day, received_on),
        }
        flags = [flag for flag, so in odd.items() if so]
        plain = payload.model_dump(exclude={"person", "subject", "photo"})
        about = {"person_id": payload.person, "observer_id": actor.id, "course": outline.course}
        earning = {"points": earned, "max_points": most, "subject_ref": payload.subject, "flags": flags}
        times = {"occurred_at": sent.occurred_at, "received_at": sent.received_at}
        row = uow.add(Observation(id=sent.id, **plain, **about, **earning, **times))
        if payload.photo:
            photos.claim(actor.id or 0, payload.photo, PHOTO_OF, str(sent.id))
        _tell(uow, row, angkatan_id)
        return flags


def _tell(uow: UnitOfWork, row: Observation, angkatan_id: int | None) -> None:
    if row.observer_id != row.person_id:
        uow.notify(row.person_id, "coaching.observed", f"/bimbingan/amatan/{row.id}")
    touching.touch(uow, row.person_id, row.on_day, OBSERVATIONS)
    uow.publish(
        ObservationRecorded(
            observation_id=row.id,
            person_id=row.person_id,
            observer_id=row.observer_id,
            context=row.context,
            course=row.course,
            sesi=row.sesi,
            points=row.points,
            max=row.max_points,
            angkatan_id=angkatan_id,
        )
    )


def _class_of(actor: Actor, payload: ObservationPayload) -> int | None:
    """The class in which a micro teaching counts: its member led, and its own trainer, or the member, rates."""
    kind, _sep, number = payload.subject.partition(":")
    if payload.context != MICRO or kind != "angkatan":
        return None
    angkatan_id = int(number)
    seated = any(card.angkatan_id == angkatan_id for card in enrolment.enrolments_of(payload.person))
    if not seated or not (actor.id == payload.person or enrolment.in_own_angkatan(actor, angkatan_id)):
        raise Invalid(_("Orang ini bukan peserta angkatan Anda."), "payload.subject")
    return angkatan_id


def _content(payload: ObservationPayload) -> tuple[Outline, RubricDef]:
    """The sesi and the behaviours that a sheet names, in the version that the phone had."""
    try:
        outline = catalogue.outline(payload.version_id)
    except NotFound as absent:
        raise Invalid(_("Versi kursus ini tidak dikenal."), "payload.version_id") from absent
    if payload.sesi not in outline.sesi:
        raise Invalid(_("Sesi ini tidak ada di kursus."), "payload.sesi")
    rubric = catalogue.rubric(payload.version_id)
    if rubric is None or len(payload.scores) != len(rubric.behaviours):
        raise Invalid(_("Jumlah perilaku tidak cocok dengan lembar ini."), "payload.scores")
    if len(payload.steps) not in (0, len(outline.sesi[payload.sesi].steps)):
        raise Invalid(_("Jumlah langkah tidak cocok dengan sesi ini."), "payload.steps")
    return outline, rubric


OBSERVATION = SubmissionKind(
    "coaching.observation", {1: ObservationPayload}, take, title=lazy("Lembar amatan"), words=FLAGS
)
