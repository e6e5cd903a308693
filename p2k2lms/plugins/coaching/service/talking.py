"""The coaching log: talks with one person or with a group, and what was agreed in them."""

from dataclasses import dataclass

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.submissions import Sent, SubmissionKind
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.coaching.models import AgreedAction, Contact
from p2k2lms.plugins.coaching.permissions import CREATE_CONTACT
from p2k2lms.plugins.coaching.queries import paths as read
from p2k2lms.plugins.coaching.queries import sheets as read_sheets
from p2k2lms.plugins.coaching.rules import paths as rules
from p2k2lms.plugins.coaching.service import touching
from p2k2lms.plugins.coaching.values import About, ContactCard, ContactPayload
from p2k2lms.plugins.coaching.values.words import AHEAD, CONTACTS, FLAGS, GROUP_SIZE, NO_DUE
from p2k2lms.plugins.identity import service as identity

MOST_LINES = 100
GROUP = "kelompok"


@dataclass(frozen=True)
class Talk:
    """One talk as the log shows it: with whom, by whom."""

    card: ContactCard
    people: tuple[str, ...]
    coach: str


@dataclass(frozen=True)
class Log:
    """The talks that concern the actor, and the people with whom he may note one."""

    talks: tuple[Talk, ...]
    people: tuple[tuple[int, str], ...]


def take(actor: Actor, sent: Sent, payload: ContactPayload) -> list[str]:
    """Apply `coaching.contact`: a talk is noted for each person in it, with an agreement on the path of each."""
    with unit_of_work("coaching.note_contact", actor, f"contact:{sent.id}") as uow:
        people = _who(actor, payload)
        received_on = clock.on_day(sent.received_at, identity.zone_of(people[0]))
        if clock.is_ahead(payload.on_day, received_on):
            raise Invalid(_("Tanggal ini belum tiba."), "payload.on_day")
        told = payload.model_dump(include={"on_day", "minutes", "mode", "topic", "note"})
        for person_id in people:
            uow.add(Contact(id=sent.id, person_id=person_id, coach_id=actor.id, received_at=sent.received_at, **told))
            touching.touch(uow, person_id, payload.on_day, CONTACTS)
        if payload.action:
            for path in read.running_of(people, payload.on_day):
                agreed = {"text": payload.action, "due_on": payload.due, "agreed_by": actor.id}
                uow.add(AgreedAction(path_id=path.id, **agreed))
        odd = {
            AHEAD: payload.on_day > received_on,
            GROUP_SIZE: payload.mode == GROUP and not rules.is_group(len(people)),
            NO_DUE: bool(payload.action) and payload.due is None,
        }
        return [flag for flag, so in odd.items() if so]


def _who(actor: Actor, payload: ContactPayload) -> list[int]:
    """The people of a talk, each once: all in the actor's care on the day."""
    people = list(dict.fromkeys(payload.people))
    if not all(allowed(actor, CREATE_CONTACT, About(person_id, payload.on_day)) for person_id in people):
        raise Invalid(_("Orang ini bukan binaan Anda pada hari itu."), "payload.people")
    return people


CONTACT = SubmissionKind("coaching.contact", {1: ContactPayload}, take, title=lazy("Catatan bimbingan"), words=FLAGS)


def people_of(actor: Actor) -> list[int]:
    """Whom the actor coaches or supervises today: the twin of CREATE_CONTACT."""
    today = clock.today()
    own = read.coached_people(actor.id or 0, today)
    if "supervisor" in actor.roles:
        own += identity.supervised_by(actor.id or 0, today)
    return [person for person in dict.fromkeys(own) if person != actor.id]


def log(actor: Actor) -> Log:
    """The talks with the actor, with the people in his care, and those that he led."""
    mine = people_of(actor)
    lines = read_sheets.contacts([*mine, actor.id or 0], actor.id or 0, MOST_LINES)
    names = identity.names([*mine, *(c.person_id for c in lines), *(c.coach_id for c in lines)])
    talks: dict[object, Talk] = {}
    for card in lines:
        known = talks.get(card.id)
        people = (*(known.people if known else ()), names.get(card.person_id, ""))
        talks[card.id] = Talk(known.card if known else card, people, names.get(card.coach_id, ""))
    return Log(tuple(talks.values()), tuple(sorted(((p, names.get(p, "")) for p in mine), key=lambda pair: pair[1])))
