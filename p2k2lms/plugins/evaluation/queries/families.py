"""The SELECT of what families said of themselves, by the pendamping who has them and the wave that asked."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from p2k2lms.plugins.evaluation.models import AnswerValue, Assignment, Reply, Wave
from p2k2lms.plugins.evaluation.values import DOES, FAMILY, NOT_FOR_THEM, TRIAL


def families_asked(first: date, last: date) -> Any:
    """Person, day, families asked, and those of them who do what they were taught, between two firsts of a month.

    Both months are included. The day is that on which the wave opened: so families of trained and untrained are asked
    in the same month. A family does it if it shows a behaviour of every modul that applies at home. Whom the pendamping
    asked himself, and who answered nothing that applies, is left out.
    """
    after = (last + timedelta(days=32)).replace(day=1)
    shown = or_(*(and_(AnswerValue.code == code, AnswerValue.choice.in_(choices)) for code, choices in DOES.items()))
    all_shown = func.min(case((shown, 1), else_=0)).label("does")
    answered = (AnswerValue.code.in_(DOES), AnswerValue.missing == "", AnswerValue.choice != NOT_FOR_THEM)
    by_others = (Assignment.respondent_id != Assignment.subject_id, Wave.instrument_code == FAMILY, Wave.code != TRIAL)
    families = (
        select(Assignment.subject_id, Wave.opens, all_shown)
        .join(Wave, Wave.id == Assignment.wave_id)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(AnswerValue, AnswerValue.reply_id == Reply.id)
        .where(Wave.opens >= first, Wave.opens < after, Reply.newest, *answered, *by_others)
        .group_by(Assignment.subject_id, Wave.opens, Reply.id)
        .subquery()
    )
    told = (func.count().label("asked"), func.sum(families.c.does).label("does"))
    wanted = select(families.c.subject_id.label("person_id"), families.c.opens.label("day"), *told)
    return wanted.group_by(families.c.subject_id, families.c.opens)
