"""The month of the people in care: who reported, who is silent, when each phone last sent, and the word on it."""

from dataclasses import dataclass
from datetime import date, datetime

from p2k2lms.core import clock, journal
from p2k2lms.core.access import Actor, has_role, require
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork.models import Review
from p2k2lms.plugins.fieldwork.permissions import CREATE_REMARK, LIST_REPORTS
from p2k2lms.plugins.fieldwork.queries import groups as read
from p2k2lms.plugins.fieldwork.queries import meetings as read_meetings
from p2k2lms.plugins.fieldwork.queries import month as read_month
from p2k2lms.plugins.fieldwork.queries.month import Told
from p2k2lms.plugins.fieldwork.rules import coverage, months
from p2k2lms.plugins.fieldwork.rules.months import Month
from p2k2lms.plugins.fieldwork.service import care
from p2k2lms.plugins.fieldwork.values import GroupCard, Report
from p2k2lms.plugins.fieldwork.values.monthly import Word
from p2k2lms.plugins.fieldwork.values.words import APPROVED, VERDICTS
from p2k2lms.plugins.identity import service as identity

LONGEST_REMARK = 500


@dataclass(frozen=True)
class PersonMonth:
    """One pendamping in one month: each group with its report, the last sign of the phone, and what was said."""

    id: int
    name: str
    groups: tuple[tuple[GroupCard, Report], ...]
    last_sent: datetime | None
    phone: str
    word: Word | None

    @property
    def reported(self) -> int:
        """How many groups met, or said that they did not."""
        return sum(report.told for _card, report in self.groups)

    @property
    def owing(self) -> int:
        """How many groups are to meet, or to say that they did not."""
        return sum(report.state != coverage.FREE for _card, report in self.groups)

    @property
    def whole(self) -> bool:
        """True when no group is silent."""
        return self.reported == self.owing


@dataclass(frozen=True)
class Board:
    """The month of one page of people, those who are silent first; `after` begins the next page.

    `may_say`: who looks has a word of their own on these reports.
    """

    month: Month
    people: tuple[PersonMonth, ...]
    after: int | None
    may_say: bool

    @property
    def whole(self) -> int:
        """How many have reported everything."""
        return sum(person.whole for person in self.people)


def board(actor: Actor, day: date, after_id: int = 0) -> Board:
    """Who has reported the month of this day, and who not yet."""
    require(actor, LIST_REPORTS)
    month = months.month_of(day)
    ids = care.people_in_care(actor, after_id)
    cards = read.held_by(ids.ids, month.last)
    told = read_month.told_of([card.id for card in cards], ids.ids, month.first, month.after)
    known, sent = identity.people(ids.ids), journal.last_received(ids.ids)
    people = []
    for person in ids.ids:
        own = tuple((card, _report(card, month, told)) for card in cards if card.holder_id == person)
        word = Word(*told.words[person]) if person in told.words else None
        name, phone = (known[person].name, known[person].phone or "") if person in known else ("", "")
        people.append(PersonMonth(person, name, own, sent.get(person), phone, word))
    people.sort(key=lambda p: (p.whole, p.name))
    return Board(month, tuple(people), ids.after, has_role(actor, CREATE_REMARK))


def _report(card: GroupCard, month: Month, told: Told) -> Report:
    before = told.before.get(card.id)
    owes = month.owes(card.valid_from, card.valid_to, before)
    return coverage.as_owed(told.reports.get(card.id, Report(coverage.SILENT)), owes=owes, before=before)


def say(actor: Actor, person_id: int, day: date, verdict: str, remark: str) -> None:
    """Approve the month of a pendamping, or say what is to look at; the person is told."""
    require(actor, CREATE_REMARK, person_id)
    month = months.month_of(day)
    text = " ".join(remark.replace("\x00", "").split())
    if verdict not in VERDICTS:
        raise Invalid(_("Pilih salah satu."), "verdict")
    if verdict != APPROVED and not 3 <= len(text) <= LONGEST_REMARK:
        raise Invalid(_("Tulis catatan, 3 sampai 500 huruf."), "remark")
    if month.first > clock.today():
        raise Invalid(_("Bulan ini belum tiba."), "month")
    with unit_of_work("fieldwork.review_month", actor, f"person:{person_id}:{month.first:%Y-%m}") as uow:
        row = read_meetings.review_row(person_id, month.first)
        kept = {"verdict": verdict, "remark": text[:LONGEST_REMARK], "reviewer_id": actor.id, "at": clock.now()}
        if row is None:
            uow.add(Review(pendamping_id=person_id, month=month.first, **kept))
        else:
            for name, value in kept.items():
                setattr(row, name, value)
        params = {"month": f"{month.first:%Y-%m}", "verdict": VERDICTS[verdict], "remark": text}
        uow.notify(person_id, "fieldwork.reviewed", f"/lapangan/laporan/{person_id}/{month.first:%Y-%m}", **params)
