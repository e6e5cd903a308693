"""How often an address may knock at a public door: counted in the database, so that it holds across workers."""

import hashlib
import hmac

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from p2k2lms.core import clock
from p2k2lms.core.db import db, is_sqlite, writing
from p2k2lms.core.models import Try

KEPT_MINUTES = 5


def may_knock(door: str, address: str, most: int) -> bool:
    """Count one more try of this address in this minute; False when it had `most` already.

    Not for use inside a unit of work. The address itself is not kept. Who is over the limit costs
    one read, so that knocking harder cannot keep others from writing.
    """
    who = hmac.new(str(current_app.config["SECRET_KEY"]).encode(), address.encode(), hashlib.sha256).hexdigest()
    minute = int(clock.now().timestamp() // 60)
    seen = select(Try.number).where(Try.door == door, Try.who == who, Try.minute == minute)
    if (db.session.scalar(seen) or 0) >= most:
        return False
    return _count(door, who, minute) <= most


def _count(door: str, who: str, minute: int) -> int:
    """One more, in a short transaction of its own; returns how many that makes."""
    insert = sqlite.insert if is_sqlite() else postgresql.insert
    one_more = insert(Try).values(door=door, who=who, minute=minute, number=1)
    one_more = one_more.on_conflict_do_update(index_elements=["door", "who", "minute"], set_={"number": Try.number + 1})
    db.session.rollback()
    pen = writing.set(True)
    try:
        number: int = db.session.execute(one_more.returning(Try.number)).scalar_one()
        if number == 1:
            db.session.execute(delete(Try).where(Try.minute < minute - KEPT_MINUTES))
        db.session.commit()
    finally:
        db.session.rollback()
        writing.reset(pen)
    return number
