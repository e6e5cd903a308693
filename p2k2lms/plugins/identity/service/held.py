"""What came in another's name, or from a closed account: an admin of whose name it bears says whether it is theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from p2k2lms.core import clock, journal, quarantine
from p2k2lms.core.access import Actor, Posting, require
from p2k2lms.core.errors import Conflict, Fault, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.models import Submission
from p2k2lms.core.submissions import Answer, kinds
from p2k2lms.plugins.identity import rules
from p2k2lms.plugins.identity.permissions import DECIDE_SUBMISSION, among_own_people
from p2k2lms.plugins.identity.queries import people as read
from p2k2lms.plugins.identity.service.people import zone_of

MOST_SHOWN = 100
LONGEST_REASON = 200


@dataclass(frozen=True)
class HeldCard:
    """Something held, as who decides sees it: what, whose name, who sent it, when; never what it says.

    `sender` is empty when it came from the person's own account, which was closed by then.
    """

    key: int
    receipt: str
    title: str
    person_id: int
    name: str
    sender: str
    device: str
    received_at: datetime


def held_submissions(actor: Actor) -> list[HeldCard]:
    """What is held in the names of people of the admin's units, the oldest first, at most a hundred."""
    require(actor, DECIDE_SUBMISSION)
    own = read.seen_among(actor.paths("admin"), journal.held_people(), clock.today())
    rows = journal.held_of(own, MOST_SHOWN)
    names = read.names({key for row in rows for key in (row.person_id, row.sender_id) if key})
    return [_card(row, names) for row in rows]


def decide_submission(actor: Actor, key: int, approve: bool, reason: str = "") -> Answer:
    """Take it as the person's own, or say why not; the person is told either way.

    Nobody decides about what bears their own name or was sent by themselves: Conflict. What its own rules refuse is
    rejected in their words. Invalid (`reason`) when a refusal gives no reason.
    """
    require(actor, DECIDE_SUBMISSION)
    row = journal.held(key)
    if row is None or row.person_id is None or not among_own_people(actor, row.person_id):
        raise NotFound("held submission")
    if actor.id in (row.person_id, row.sender_id):
        raise Conflict(_("Kiriman sendiri diputuskan oleh admin lain."))
    if approve:
        return quarantine.confirm(actor, _as(row.person_id, row.received_at), key)
    why = rules.plain(reason)[:LONGEST_REASON]
    if not why:
        raise Invalid(_("Isi alasannya."), "reason")
    return quarantine.turn_down(actor, key, (Fault("", why),))


def _as(person_id: int, at: datetime) -> Actor:
    """The person with the postings of the day on which this came, also of an account that was closed."""
    person, _supervisor, postings = read.about(person_id, clock.on_day(at, zone_of(person_id)))
    if person is None:
        raise NotFound("person")
    return Actor(person.id, person.name, tuple(Posting(role, unit.id, unit.path) for role, unit in postings))


def _card(row: Submission, names: Mapping[int, str]) -> HeldCard:
    kind = kinds().get(row.kind)
    person_id, sender_id = row.person_id or 0, row.sender_id or 0
    return HeldCard(
        row.key,
        journal.receipt(row.key),
        str(kind.title or row.kind) if kind else row.kind,
        person_id,
        names.get(person_id, str(person_id)),
        names.get(sender_id, str(sender_id)) if sender_id != person_id else "",
        row.device,
        row.received_at,
    )
