"""Reads people by the words that stand on their cards."""

from collections.abc import Collection

from sqlalchemy import or_, select

from p2k2lms.core.db import db
from p2k2lms.plugins.identity.models import Person


def by_words(phones: Collection[str], pkh_ids: Collection[str]) -> list[Person]:
    """People with an open account who have one of these phones or PKH ids."""
    ways = or_(Person.phone.in_(phones), Person.pkh_id.in_(pkh_ids))
    return list(db.session.scalars(select(Person).where(ways, Person.status == "active")))
