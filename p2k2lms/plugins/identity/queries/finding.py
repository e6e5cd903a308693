"""Reads people by the words that stand on their cards."""

from collections.abc import Collection

from sqlalchemy import or_, select

from p2k2lms.core.db import db
from p2k2lms.plugins.identity.models import Person


def by_words(phones: Collection[str], pkh_ids: Collection[str]) -> list[Person]:
    """People with an open account who have one of these phones or PKH ids."""
    ways = or_(Person.phone.in_(phones), Person.pkh_id.in_(pkh_ids))
    return list(db.session.scalars(select(Person).where(ways, Person.status == "active")))


def ids_named(words: str, limit: int) -> list[int]:
    """The ids of people whose name holds every word, whether or not they are on duty; the newest when many are."""
    wanted = select(Person.id).where(*(Person.name.icontains(word, autoescape=True) for word in words.split()))
    return list(db.session.scalars(wanted.order_by(Person.id.desc()).limit(limit)))
