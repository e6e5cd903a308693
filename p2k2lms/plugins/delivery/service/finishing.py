"""`delivery.step`: a card was read, or a role-play scene was played to its end."""

from collections.abc import Sequence
from typing import Any

from p2k2lms.core import clock, intake
from p2k2lms.core.access import Actor
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.submissions import Answer, Sent
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import Outline
from p2k2lms.plugins.delivery import queries, rules
from p2k2lms.plugins.delivery.events import StepFinished
from p2k2lms.plugins.delivery.models import ScenePlayed, StepDone
from p2k2lms.plugins.delivery.service.reading import keep_position
from p2k2lms.plugins.delivery.values import CardView, PositionIn, SceneView, StepPayload
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import STOPPED, EnrolmentCard

OUT_OF_ORDER = "urutan"  # as happens on a phone without signal
OTHER_VERSION = "versi_lain"  # as the phone had it
FLAGS: dict[str, Any] = {
    OUT_OF_ORDER: lazy("Dibaca sebelum sesinya terbuka"),
    OTHER_VERSION: lazy("Dari versi kursus yang lain"),
}


def send_finished(actor: Actor, view: CardView, sent_id: str, device: str) -> Answer:
    """Send, for a form without script, that the card has been read; the same door as the phone's outbox."""
    course, step = view.enrolment.course, view.card.id
    payload = {"course": course, "version_id": view.enrolment.version_id, "step": step}
    answer = intake.receive_one(actor, "delivery.step", payload, sent_id=sent_id, device=device)
    if answer.status == "accepted":
        keep_position(actor, PositionIn(course=course, step=step, scroll=1, device=device, at=clock.now()))
    return answer


def send_played(actor: Actor, view: SceneView, sent_id: str, device: str) -> Answer:
    """Send, for a form without script, on which way the scene was played."""
    told = {"course": view.enrolment.course, "version_id": view.enrolment.version_id}
    payload = told | {"step": view.scene.id, "way": view.walk.way}
    return intake.receive_one(actor, "delivery.step", payload, sent_id=sent_id, device=device)


def finish(actor: Actor, sent: Sent, payload: StepPayload) -> Sequence[str]:
    """Apply `delivery.step`: a card counts once, however often it is sent; of a scene the newest way is kept.

    Reading or playing ahead is accepted with a flag; so is a card that only the version on the phone has.
    """
    card = enrolment.enrolment_in(actor.id or 0, payload.course)
    if card is None:
        raise Invalid(_("Anda tidak terdaftar di kursus ini."), "payload.course")
    if card.state == STOPPED:
        raise Invalid(_("Anda sudah keluar dari angkatan ini. Hubungi panitia."), "payload.course")
    whole = catalogue.outline(card.version_id)
    done = queries.read_steps(card.person_id, card.course)
    if payload.step in done:
        return ()
    if payload.step not in whole.places and _was_read(card, payload):
        _write(card, sent, payload.step, payload.version_id)
        return (OTHER_VERSION,)
    sesi = _sesi_of(whole, payload.step)
    if payload.step in whole.places:
        _write(card, sent, payload.step, card.version_id)
    else:
        _keep_way(card, sent, payload)
    flags = [OUT_OF_ORDER] if rules.sesi_lock(whole, sesi, done) else []
    return [*flags, OTHER_VERSION] if payload.version_id != card.version_id else flags


def _was_read(card: EnrolmentCard, payload: StepPayload) -> bool:
    """True for a card of an older version that the phone still had: it stays read, though the class has moved on."""
    newest_first = [version.id for version in catalogue.versions_of(card.course)]
    older = newest_first[newest_first.index(card.version_id) + 1 :]
    return payload.version_id in older and payload.step in catalogue.outline(payload.version_id).places


def _sesi_of(whole: Outline, name: str) -> str:
    if name in whole.places:
        return whole.places[name][0]
    if (sesi := rules.sesi_of_scene(whole, name)) is not None:
        return sesi.id
    raise Invalid(_("Langkah ini tidak ada di kursus Anda."), "payload.step")


def _write(card: EnrolmentCard, sent: Sent, step: str, version_id: int) -> None:
    read: dict[str, Any] = {
        "person_id": card.person_id,
        "enrolment_id": card.id,
        "course": card.course,
        "step": step,
    }
    with unit_of_work("delivery.finish_step", subject=f"enrolment:{card.id}") as uow:
        uow.add(StepDone(**read, version_id=version_id, occurred_at=sent.occurred_at))
        queries.count_one_more(card.person_id, card.course)
        uow.publish(StepFinished(**read, version_id=card.version_id))


def _keep_way(card: EnrolmentCard, sent: Sent, payload: StepPayload) -> None:
    try:
        walk = rules.walk(catalogue.scenes(card.version_id)[payload.step], payload.way)
    except rules.NoSuchWay as problem:
        raise Invalid(_("Pilihan ini tidak ada dalam adegan."), "payload.way") from problem
    if not walk.ended:
        raise Invalid(_("Adegan ini belum selesai dimainkan."), "payload.way")
    with unit_of_work("delivery.finish_scene", subject=f"enrolment:{card.id}") as uow:
        row = queries.play_row(card.person_id, card.course, payload.step, lock=True)
        if row is None:
            key = {"person_id": card.person_id, "course": card.course, "scene": payload.step}
            told = {"version_id": card.version_id, "way": payload.way, "occurred_at": sent.occurred_at}
            uow.add(ScenePlayed(**key, **told))
        elif rules.is_newer(sent.occurred_at, row.occurred_at):
            row.version_id, row.way = card.version_id, payload.way
            row.occurred_at, row.received_at = sent.occurred_at, clock.now()
