"""Reads rounds of the fair queue, who is exempt, what was typed, and where the draw put people."""

from collections.abc import Sequence

from sqlalchemy import delete, func, insert, select

from p2k2lms.core.db import db
from p2k2lms.plugins.enrolment.models import CallDraw, CallExemption, CallNumber, CallPlace, CallRound
from p2k2lms.plugins.enrolment.rules.drawing import Place


def round_of(angkatan_id: int) -> CallRound | None:
    """The round of a class."""
    return db.session.scalar(select(CallRound).where(CallRound.angkatan_id == angkatan_id))


def round_row(round_id: int) -> CallRound | None:
    """The round, held until the transaction ends."""
    return db.session.get(CallRound, round_id, with_for_update=True)


def round_shown(round_id: int) -> CallRound | None:
    """The round, to be read."""
    return db.session.get(CallRound, round_id)


def exemptions(round_id: int) -> list[CallExemption]:
    """Who is taken off the list."""
    return list(db.session.scalars(select(CallExemption).where(CallExemption.round_id == round_id)))


def forget_exemption(round_id: int, person_id: int) -> None:
    """Somebody is on the list again."""
    mine = (CallExemption.round_id == round_id) & (CallExemption.person_id == person_id)
    db.session.execute(delete(CallExemption).where(mine))


def numbers(round_id: int) -> list[CallNumber]:
    """What has been typed as the public number, the first first."""
    mine = select(CallNumber).where(CallNumber.round_id == round_id)
    return list(db.session.scalars(mine.order_by(CallNumber.entered_at)))


def drawn(round_id: int) -> CallDraw | None:
    """The draw of a round."""
    return db.session.get(CallDraw, round_id)


def write_places(round_id: int, places: Sequence[Place]) -> None:
    """Write down where the draw put everybody."""
    rows = [
        {"round_id": round_id, "person_id": p.person, "kabupaten": p.kabupaten, "rank": p.rank, "standing": p.standing}
        for p in places
    ]
    for start in range(0, len(rows), 2000):
        db.session.execute(insert(CallPlace), rows[start : start + 2000])


def place_of(round_id: int, person_id: int) -> CallPlace | None:
    """Where the draw put one person."""
    return db.session.get(CallPlace, (round_id, person_id))


def places(round_id: int, standings: Sequence[str]) -> list[CallPlace]:
    """Those with one of these standings, by kabupaten and rank."""
    mine = select(CallPlace).where(CallPlace.round_id == round_id, CallPlace.standing.in_(standings))
    return list(db.session.scalars(mine.order_by(CallPlace.kabupaten, CallPlace.rank)))


def counts(round_id: int) -> dict[str, int]:
    """How many people have each standing."""
    mine = select(CallPlace.standing, func.count()).where(CallPlace.round_id == round_id).group_by(CallPlace.standing)
    return {standing: number for standing, number in db.session.execute(mine)}
