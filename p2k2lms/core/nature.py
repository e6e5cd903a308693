"""Is this database a demo or a real one? Said once, at its birth, and never changed."""

from sqlalchemy import select

from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict
from p2k2lms.core.models import Nature
from p2k2lms.core.unit_of_work import unit_of_work


def is_demo() -> bool | None:
    """True for a demo, False for a real one, None before birth."""
    return db.session.scalar(select(Nature.demo).limit(1))


def be_born(demo: bool) -> None:
    """Say what this database is; saying it again is harmless, saying the other thing is refused."""
    with unit_of_work("core.be_born"):
        said = is_demo()
        if said is None:
            db.session.add(Nature(id=1, demo=demo))
        elif said is not demo:
            raise Conflict("Basis data ini lahir sebagai " + ("demo." if said else "nyata, bukan demo."))
