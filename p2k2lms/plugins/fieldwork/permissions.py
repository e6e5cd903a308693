"""Who may see and change groups, who may report of them, and who looks after the reports."""

from typing import Protocol

from p2k2lms.core import clock
from p2k2lms.core.access import ANYONE, Actor, anything, permission
from p2k2lms.plugins.fieldwork.values import GroupPlace
from p2k2lms.plugins.fieldwork.values.monthly import MonthlyPlace
from p2k2lms.plugins.identity import service as identity

FIELD = "pendamping supervisor koordinator admin"
CARERS = "supervisor koordinator admin"


def holds(actor: Actor, place: GroupPlace) -> bool:
    """The group is in the actor's hands on the day."""
    return place.holder_id == actor.id


def held_once(actor: Actor, place: GroupPlace) -> bool:
    """The actor holds the group or held it: a phone without signal does not know of a hand-over."""
    return actor.id in place.holders


def assigned(actor: Actor, place: GroupPlace) -> bool:
    """The actor supervises whoever holds the group."""
    return place.holder_id is not None and identity.is_assigned(actor, place.holder_id)


def in_own_units(actor: Actor, place: GroupPlace) -> bool:
    """The group lies in a unit of the actor's."""
    return identity.in_own_units(actor, place.unit_path)


def in_care(actor: Actor, person_id: int) -> bool:
    """The actor supervises this pendamping today."""
    return identity.is_assigned(actor, person_id)


def works_in_own_units(actor: Actor, person_id: int) -> bool:
    """The pendamping works today in a unit of the actor's."""
    home = identity.home_unit(person_id, clock.today())
    return home is not None and identity.in_own_units(actor, home.path)


class Drawn(Protocol):
    """A group that somebody was drawn to check, and what was found there; None while it is not known."""

    checker_id: int | None
    result: str | None


def drawn_for(actor: Actor, task: Drawn) -> bool:
    """The actor was drawn to check this group, and the task is open."""
    return task.checker_id is not None and task.checker_id == actor.id and task.result is None


def own_month(actor: Actor, place: MonthlyPlace) -> bool:
    """One's own monthly report."""
    return place.person_id == actor.id


def month_in_care(actor: Actor, place: MonthlyPlace) -> bool:
    """The monthly report of somebody whom the actor supervises today."""
    return identity.is_assigned(actor, place.person_id)


def month_in_own_units(actor: Actor, place: MonthlyPlace) -> bool:
    """The monthly report of somebody who works in a unit of the actor's."""
    return identity.in_own_units(actor, place.unit_path)


READ_DESK = permission("fieldwork.read_desk", (FIELD, anything), ("dinsos", anything))
LIST_GROUPS = permission("fieldwork.list_groups", (FIELD, anything))
CREATE_GROUP = permission("fieldwork.create_group", ("pendamping", identity.in_own_units))
READ_GROUP = permission(
    "fieldwork.read_group", (ANYONE, holds), ("supervisor", assigned), ("koordinator admin", in_own_units)
)
CHANGE_CUSTODY = permission("fieldwork.change_custody", ("supervisor", assigned), ("koordinator admin", in_own_units))
CHANGE_GROUP = permission(
    "fieldwork.change_group", ("pendamping", holds), ("supervisor", assigned), ("koordinator admin", in_own_units)
)
READ_HAND_OVER = permission(
    "fieldwork.read_hand_over", (ANYONE, held_once), ("supervisor", assigned), ("koordinator admin", in_own_units)
)
CREATE_MEETING = permission(
    "fieldwork.create_meeting",
    (ANYONE, held_once),
    ("pendamping koordinator", in_own_units),
    ("supervisor", assigned),
)
CHANGE_ROSTER = permission(
    "fieldwork.change_roster", (ANYONE, held_once), ("supervisor", assigned), ("koordinator admin", in_own_units)
)
LIST_OBSTACLES = permission("fieldwork.list_obstacles", ("pendamping supervisor koordinator dinsos admin", anything))
LIST_UNIT_COVERAGE = permission("fieldwork.list_unit_coverage", ("koordinator dinsos admin", anything))
READ_UNIT_MONTH = permission("fieldwork.read_unit_month", ("koordinator dinsos admin", identity.in_own_units))
CHANGE_HELP = permission("fieldwork.change_help", ("pendamping supervisor", anything))
LIST_REPORTS = permission("fieldwork.list_reports", (CARERS, anything))
CREATE_MONTHLY = permission("fieldwork.create_monthly", ("pendamping", anything))
READ_MONTHLY = permission(
    "fieldwork.read_monthly",
    (ANYONE, own_month),
    ("supervisor", month_in_care),
    ("koordinator dinsos admin", month_in_own_units),
)
LIST_SIGNED = permission("fieldwork.list_signed", ("koordinator dinsos", anything))
READ_CONTACT = permission("fieldwork.read_contact", ("supervisor koordinator", drawn_for))
LIST_DRAWS = permission("fieldwork.list_draws", ("supervisor koordinator dinsos evaluator admin", anything))
APPROVE_REPORT = permission(
    "fieldwork.approve_report", ("supervisor", in_care), ("koordinator dinsos", works_in_own_units)
)
CREATE_REMARK = permission("fieldwork.create_remark", ("supervisor", in_care), ("koordinator", works_in_own_units))
READ_LOOP = permission("fieldwork.read_loop", ("widyaiswara", anything))
PERMISSIONS = (
    READ_LOOP,
    READ_DESK,
    LIST_GROUPS,
    CREATE_GROUP,
    READ_GROUP,
    CHANGE_CUSTODY,
    CHANGE_GROUP,
    READ_HAND_OVER,
    CREATE_MEETING,
    CHANGE_ROSTER,
    LIST_OBSTACLES,
    LIST_UNIT_COVERAGE,
    READ_UNIT_MONTH,
    CHANGE_HELP,
    LIST_REPORTS,
    CREATE_MONTHLY,
    READ_MONTHLY,
    LIST_SIGNED,
    READ_CONTACT,
    LIST_DRAWS,
    APPROVE_REPORT,
    CREATE_REMARK,
)
