"""The sums of a month, counted from the ledgers and the meetings by one rule."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from p2k2lms.plugins.fieldwork.queries import facts as read_facts
from p2k2lms.plugins.fieldwork.queries import groups as read
from p2k2lms.plugins.fieldwork.queries import meetings as read_meetings
from p2k2lms.plugins.fieldwork.queries import outcomes as read_outcomes
from p2k2lms.plugins.fieldwork.queries import person_months as read_months
from p2k2lms.plugins.fieldwork.rules import months
from p2k2lms.plugins.fieldwork.values import MonthFacts, PersonMonth


def month_facts(day: date, person_ids: Collection[int]) -> dict[int, MonthFacts]:
    """The sums of these people in the month of this day; who did nothing and held nothing is left out.

    A group counts for whoever held it most days, a meeting for whoever led it.
    """
    month = months.month_of(day)
    ids = read.held_in(person_ids, month.first, month.after)
    book = months.Book(
        groups=list(read.cards(ids, month.last).values()),
        custody=read.custody_of(ids),
        changes=read.changes_of(ids),
        meetings=read_meetings.together(
            read_meetings.standing(ids, month.first, month.after),
            read_meetings.led_by(person_ids, month.first, month.after),
        ),
        not_met=read_meetings.not_met(ids, month.first),
        met_there=read_facts.met_there(ids, month),
    )
    found = months.month_facts(month, book)
    return {person: facts for person, facts in found.items() if person in set(person_ids)}


def person_months(person_ids: Iterable[int], first: date, last: date) -> list[PersonMonth]:
    """What was last counted of these people in the months between two firsts of a month, both included."""
    return read_months.person_months(person_ids, first, last)


def leader_months(first: date, last: date) -> Any:
    """A SELECT of person, unit, month and sums of everybody on duty in these months, for who counts by people."""
    return read_outcomes.leader_months(first, last)


def checked_reports(first: date, last: date) -> Any:
    """A SELECT of every group drawn in these months: who answered for it, reached, said to have met, truly met."""
    return read_outcomes.checked_reports(first, last)
