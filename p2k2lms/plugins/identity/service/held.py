"""What came in another's name, or from a closed account: an admin of whose name it bears says whether it is theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from p2k2lms.core import clock, journal, quarantine
from p2k2lms.core.access import Actor, Posting, require
from p2k2lms.core.errors import Conflict, Fault, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.models import Submission
from p2k2lms.core.submissions import Answer, kinds
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import rules
from p2k2lms.plugins.identity.permissions import DECIDE_SUBMISSION, among_own_people
from p2k2lms.plugins.identity.queries import held as read_held
from p2k2lms.plugins.identity.queries import people as read
from p2k2lms.plugins.identity.service.people import zone_of

PAGE = 25
MOST_COUNTED = read_held.MOST_COUNTED
OF_NOBODY = "identity.refuse_of_nobody"


@dataclass(frozen=True)
class HeldCard:
    """Something held, as who decides sees it: what, whose name, who sent it, when; never what it says.

    `sender` is empty when it came from the person's own account, which was closed by then. `own`: it concerns the
    officer, so another decides. `gone`: its words are here no more, so it can only be refused.
    """

    key: int
    receipt: str
    title: str
    person_id: int
    name: str
    sender: str
    device: str
    received_at: datetime
    own: bool
    gone: bool


@dataclass(frozen=True)
class HeldPage:
    """A page of what is held, behind `after`; `next_after` is where the next one begins."""

    cards: tuple[HeldCard, ...]
    after: int
    next_after: int | None


def held_submissions(actor: Actor, after: int = 0) -> HeldPage:
    """What is held in the names of people of the admin's units, the oldest first; behind the last, the first again."""
    require(actor, DECIDE_SUBMISSION)
    rows = read_held.page(actor.paths("admin"), clock.today(), after, PAGE + 1)
    if after and not rows:
        return held_submissions(actor)
    names = read.names({key for row in rows[:PAGE] for key in (row.person_id, row.sender_id) if key})
    cards = tuple(_card(row, names, actor) for row in rows[:PAGE])
    return HeldPage(cards, after, cards[-1].key if len(rows) > PAGE else None)


def held_to_decide(actor: Actor) -> int:
    """How many wait for this admin, counted up to MOST_COUNTED."""
    require(actor, DECIDE_SUBMISSION)
    return read_held.to_decide(actor.id or 0, actor.paths("admin"), clock.today())


def decide_submission(actor: Actor, key: int, approve: bool, reason: str = "") -> Answer:
    """Take it as the person's own, or say why not; the person is told either way.

    Nobody decides about what bears their own name or was sent by themselves: Conflict, as for what cannot be taken yet.
    What its own rules refuse is rejected in their words. Invalid (`reason`) when a refusal gives no reason.
    """
    require(actor, DECIDE_SUBMISSION)
    row = journal.held(key)
    if row is None or row.person_id is None or not among_own_people(actor, row.person_id):
        raise NotFound("held submission")
    if _concerns(row, actor):
        raise Conflict(_("Kiriman sendiri diputuskan oleh admin lain."))
    if approve:
        return quarantine.confirm(actor, _as(row.person_id, row.received_at), key)
    return quarantine.turn_down(actor, key, (Fault("", rules.refusal(reason)),))


def why_refused(actor: Actor, key: int) -> list[str]:
    """What the rules said of something that this officer was to take; nothing of what somebody else decided."""
    require(actor, DECIDE_SUBMISSION)
    row = journal.rejected(key)
    if row is None or row.person_id is None or _concerns(row, actor) or not among_own_people(actor, row.person_id):
        return []
    if not quarantine.was_turned_down_by(actor, key):
        return []
    return [fault["message"] for fault in row.faults]


def refuse_of_nobody() -> None:
    """The job of the night: what came under a number that no person has is refused; the phone that sent it says so."""
    if read_held.is_any_of_nobody():
        with unit_of_work(OF_NOBODY):
            journal.refuse_held(read_held.of_nobody(), Fault("person", _("Tidak ada orang dengan nomor ini.")))


def _as(person_id: int, at: datetime) -> Actor:
    """The person with the postings of the day on which this came, also of an account that was closed."""
    person, _supervisor, postings = read.about(person_id, clock.on_day(at, zone_of(person_id)))
    if person is None:
        raise NotFound("person")
    return Actor(person.id, person.name, tuple(Posting(role, unit.id, unit.path) for role, unit in postings))


def _concerns(row: Submission, actor: Actor) -> bool:
    return actor.id in (row.person_id, row.sender_id)


def _card(row: Submission, names: Mapping[int, str], actor: Actor) -> HeldCard:
    kind = kinds().get(row.kind)
    person_id = row.person_id or 0
    return HeldCard(
        key=row.key,
        receipt=journal.receipt(row.key),
        title=str(kind.title or row.kind) if kind else row.kind,
        person_id=person_id,
        name=names.get(person_id, str(person_id)),
        sender=names.get(row.sender_id, str(row.sender_id)) if row.sender_id != person_id else "",
        device=row.device,
        received_at=row.received_at,
        own=_concerns(row, actor),
        gone=not row.raw,
    )
