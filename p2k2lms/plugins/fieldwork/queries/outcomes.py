"""The SELECTs from which the outcomes of training are counted: months of pendamping, and reports that were checked."""

from datetime import date
from typing import Any

from sqlalchemy import and_, case, select

from p2k2lms.plugins.fieldwork.models import Draw, GroupMonth, LeaderMonth, Verification
from p2k2lms.plugins.fieldwork.values.words import NOT_REACHED, SAID_MET, TRULY_MET


def leader_months(first: date, last: date) -> Any:
    """Person, unit, month and sums of everybody on duty, between two firsts of a month, both included."""
    one = LeaderMonth
    columns = (one.person_id, one.unit_id, one.month, one.due, one.met, one.present, one.invited)
    more = (one.reported, one.led, one.sesi_done, one.steps_done, one.steps_due)
    wanted = select(*columns, one.caseload_end, one.on_duty_end, one.exits_own, one.person_days, *more)
    return wanted.where(one.month.between(first, last))


def checked_reports(first: date, last: date) -> Any:
    """Of every group that was drawn: who answered for it, month, whether reached, said to have met, truly met."""
    reached = and_(Verification.result.is_not(None), Verification.result != NOT_REACHED)
    said, truly = Verification.reported == SAID_MET, Verification.result == TRULY_MET
    of = (GroupMonth.group_id == Verification.group_id) & (GroupMonth.month == Draw.month)
    return (
        select(
            GroupMonth.responsible_id.label("person_id"),
            GroupMonth.month,
            case((reached, 1), else_=0).label("checked"),
            case((and_(reached, said), 1), else_=0).label("said"),
            case((and_(reached, truly), 1), else_=0).label("truly"),
        )
        .join(Draw, Draw.id == Verification.draw_id)
        .join(GroupMonth, of)
        .where(Draw.month.between(first, last), GroupMonth.responsible_id.is_not(None))
    )
