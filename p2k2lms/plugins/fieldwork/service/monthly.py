"""The monthly P2K2 report: composed from the facts, signed by the pendamping, acknowledged by two recipients."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Invalid, NotFound
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.fieldwork.models import MonthlyReport
from p2k2lms.plugins.fieldwork.permissions import APPROVE_REPORT, CREATE_MONTHLY, LIST_SIGNED, READ_MONTHLY
from p2k2lms.plugins.fieldwork.queries import meetings as read_meetings
from p2k2lms.plugins.fieldwork.queries import monthly as read
from p2k2lms.plugins.fieldwork.rules import months
from p2k2lms.plugins.fieldwork.rules.months import Month
from p2k2lms.plugins.fieldwork.values.monthly import (
    Acks,
    Body,
    GroupMonth,
    Met,
    MonthlyPlace,
    Word,
    from_json,
    says,
    to_json,
)
from p2k2lms.plugins.fieldwork.values.words import DONE
from p2k2lms.plugins.identity import service as identity

PAGE = 25
KORKAB, DINSOS = "korkab", "dinsos"
RECIPIENTS: dict[str, Any] = {KORKAB: lazy("koordinator"), DINSOS: lazy("Dinas Sosial")}


@dataclass(frozen=True)
class MonthlyPage:
    """The report of one pendamping and month: as it stands now, as it was signed, and who acknowledged it."""

    person_id: int
    name: str
    month: Month
    body: Body
    acks: Acks | None
    changed: bool
    own: bool
    may_acknowledge: str
    word: Word | None

    @property
    def code(self) -> str:
        """The month as addresses say it."""
        return f"{self.month.first:%Y-%m}"


def compose(person_id: int, month: Month) -> Body:
    """The month of a pendamping as it stands now, of the groups held on its last day or today, where each of them lies.

    A meeting that was told twice stands once, as it came first.
    """
    rows = read.rows_of(person_id, month.last, month.first, month.after)
    desa = identity.units({row.unit_id for row in rows}) if rows else {}
    groups = []
    for _group, some in groupby(rows, key=lambda row: row.group_id):
        own = list(some)
        name = desa[own[0].unit_id].name if own[0].unit_id in desa else ""
        met = {(row.day, row.sesi): _met(row, row.day) for row in reversed(own) if row.day is not None}
        groups.append(_of(own[0], name, month, tuple(reversed(met.values()))))
    return Body(tuple(groups), read.exits_of({row.group_id for row in rows}, month.first, month.after))


def _of(row: read.Row, desa: str, month: Month, told: tuple[Met, ...]) -> GroupMonth:
    """One group: what was told of it, and if nothing was, whether it owes that."""
    about = (row.name, desa, max(0, row.members), row.reason or "", told)
    if told or row.reason:
        return GroupMonth(*about)
    return GroupMonth(*about, owes=month.owes(row.since, row.until, row.before), before=row.before)


def _met(row: read.Row, day: date) -> Met:
    sesi = catalogue.outline(row.version_id).sesi.get(row.sesi)
    title = ". ".join((str(sesi.number), sesi.title)) if sesi and sesi.number else sesi.title if sesi else row.sesi
    counts = (row.due, row.women, row.men, row.children, row.homework)
    return Met(day, title, *counts, row.steps.count(DONE), len(row.steps), row.minutes, row.obstacle)


def monthly_page(actor: Actor, person_id: int, day: date, as_signed: bool = False) -> MonthlyPage:
    """The report of one pendamping: to its owner as it stands now, to everybody else and on paper as it was signed."""
    require(actor, READ_MONTHLY)
    month, own = months.month_of(day), person_id == actor.id
    row = read.report_row(person_id, month.first)
    if row is None and not own:
        raise NotFound("report")
    require(actor, READ_MONTHLY, MonthlyPlace(person_id, row.unit_path if row else ""))
    now = compose(person_id, month) if own and not (as_signed and row) else from_json(row.body if row else {})
    return MonthlyPage(
        person_id=person_id,
        name=actor.name if own else identity.names([person_id]).get(person_id, ""),
        month=month,
        body=now,
        acks=Acks(row.signed, row.ack_korkab, row.ack_dinsos) if row else None,
        changed=row is not None and not says(row.body, now),
        own=own,
        may_acknowledge=recipient_of(actor, row.unit_path) if row else "",
        word=_word(person_id, month) if own else None,
    )


def _word(person_id: int, month: Month) -> Word | None:
    """What the supervisor said of the month, for who is to do something about it."""
    kept = read_meetings.review_row(person_id, month.first)
    return Word(kept.verdict, kept.remark) if kept else None


def sign(actor: Actor, day: date) -> None:
    """The pendamping signs the month as it stands; what was acknowledged before asks to be acknowledged again."""
    require(actor, CREATE_MONTHLY)
    month = months.month_of(day)
    if month.first > clock.today(identity.zone_of(actor.id or 0)):
        raise Invalid(_("Bulan ini belum tiba."), "month")
    with unit_of_work("fieldwork.sign_report", actor, f"person:{actor.id}:{month.first:%Y-%m}"):
        write(actor.id or 0, month)


def write(person_id: int, month: Month) -> None:
    """Keep the month as it stands, signed now."""
    body, home = compose(person_id, month), identity.home_unit(person_id, clock.today())
    if home is None or not body.groups:
        raise Invalid(_("Belum ada kelompok untuk dilaporkan."), "month")
    kept = {"unit_path": home.path, "body": to_json(body), "signed": clock.now()}
    nobody = dict.fromkeys(("ack_korkab", "ack_korkab_by", "ack_dinsos", "ack_dinsos_by"))
    with unit_of_work("fieldwork.keep_report", subject=f"person:{person_id}") as uow:
        row = read.report_row(person_id, month.first, lock=True)
        if row is None:
            uow.add(MonthlyReport(pendamping_id=person_id, month=month.first, **kept))
        elif not says(row.body, body):
            for name, value in (kept | nobody).items():
                setattr(row, name, value)


def has_signed(person_id: int, month: Month) -> bool:
    """True if this month was signed already."""
    return read.report_row(person_id, month.first) is not None


def offices(actor: Actor) -> dict[str, tuple[str, ...]]:
    """The units whose reports the actor receives, by as whom: one person may be koordinator here and Dinas there."""
    return {KORKAB: actor.paths("koordinator"), DINSOS: actor.paths("dinsos")}


def recipient_of(actor: Actor, unit_path: str) -> str:
    """As whom the actor acknowledges a report of this unit, as koordinator first; "" where he receives none."""
    return next((who for who, paths in offices(actor).items() if unit_path.startswith(paths)), "")


@dataclass(frozen=True)
class Signed:
    """One signed report in the list of who receives it."""

    person_id: int
    name: str
    body: Body
    acks: Acks
    acknowledged: bool


@dataclass(frozen=True)
class Inbox:
    """The signed reports of a month in the actor's unit, a page at a time."""

    month: Month
    reports: tuple[Signed, ...]
    after: int | None

    @property
    def waiting(self) -> list[Signed]:
        """Those of the page that the actor has not acknowledged."""
        return [report for report in self.reports if not report.acknowledged]


def units_of(actor: Actor) -> tuple[str, ...]:
    """The units whose reports the actor receives."""
    return tuple(path for paths in offices(actor).values() for path in paths)


def inbox(actor: Actor, day: date, after_id: int = 0) -> Inbox:
    """What the pendamping of the unit signed for the month of this day."""
    require(actor, LIST_SIGNED)
    month = months.month_of(day)
    rows = read.signed(units_of(actor), month.first, after_id, PAGE + 1)
    names = identity.names([row.pendamping_id for row in rows]) if rows else {}
    found = []
    for row in rows[:PAGE]:
        acks = Acks(row.signed, row.ack_korkab, row.ack_dinsos)
        done = getattr(row, f"ack_{recipient_of(actor, row.unit_path)}") is not None
        found.append(Signed(row.pendamping_id, names.get(row.pendamping_id, ""), from_json(row.body), acks, done))
    return Inbox(month, tuple(found), rows[PAGE - 1].pendamping_id if len(rows) > PAGE else None)


def acknowledge(actor: Actor, day: date, person_ids: Collection[int]) -> int:
    """The actor has received these reports, each as whom he is there; each person is told. Returns how many."""
    require(actor, LIST_SIGNED)
    require(actor, APPROVE_REPORT)
    month, done = months.month_of(day), 0
    with unit_of_work("fieldwork.acknowledge_reports", actor, f"month:{month.first:%Y-%m}") as uow:
        for row in read.rows_to_acknowledge(units_of(actor), month.first, person_ids):
            recipient = recipient_of(actor, row.unit_path)
            if getattr(row, f"ack_{recipient}") is not None:
                continue
            setattr(row, f"ack_{recipient}", clock.now())
            setattr(row, f"ack_{recipient}_by", actor.id)
            url = f"/lapangan/laporan/{row.pendamping_id}/{month.first:%Y-%m}"
            about = {"month": f"{month.first:%Y-%m}", "who": RECIPIENTS[recipient]}
            uow.notify(row.pendamping_id, "fieldwork.acknowledged", url, **about)
            done += 1
        return done


def all_signed(actor: Actor, day: date) -> Iterator[tuple[str, Body]]:
    """Every signed report of the month in the actor's unit, by name, read piece by piece."""
    require(actor, LIST_SIGNED)
    for rows in read.every_signed(units_of(actor), months.month_of(day).first):
        names = identity.names([row.pendamping_id for row in rows])
        for row in rows:
            yield names.get(row.pendamping_id, ""), from_json(row.body)
