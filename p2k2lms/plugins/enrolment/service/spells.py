"""The one place where a spell of exposure is written."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.enrolment import counts
from p2k2lms.plugins.enrolment import spell_queries as queries
from p2k2lms.plugins.enrolment.events import ExposureChanged
from p2k2lms.plugins.enrolment.values import EXPOSURES, Spell
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard


def record_exposure(spell: Spell) -> None:
    """Write down the exposure, or bring what is known of it up to date; one row per person, kind and object."""
    record_exposures([spell])


def record_exposures(spells: Sequence[Spell]) -> None:
    """The same for several, no two alike, in one transaction."""
    with unit_of_work("enrolment.record_exposure", subject=f"person:{spells[0].person_id}") as uow:
        people = [spell.person_id for spell in spells]
        known = {(row.person_id, row.kind, row.object_ref): row for row in queries.spell_rows(people)}
        homes = identity.home_units(people, clock.today())
        new = []
        for spell in spells:
            _tell(uow, spell, homes.get(spell.person_id))
            row = known.get((spell.person_id, spell.kind, spell.object_ref))
            if row is None:
                new.append(asdict(spell))
                continue
            for name, value in asdict(spell).items():
                if value not in (None, "") or name == "valid_to":  # what is not said again stays known
                    setattr(row, name, value)
        queries.add_spells(new)


def people_with(object_refs: Sequence[str]) -> dict[str, int]:
    """Whose training each of these is, for those that one person alone can have, as a certificate of before."""
    return queries.people_with(object_refs)


def arms(month: date) -> Any:
    """A SELECT of `person_id, arm` in this month, for those who count by how people were prepared."""
    return counts.arms(month)


def prepared_by_end_of(month: date) -> Any:
    """A SELECT of `person_id` of everybody who is prepared on the last day of the month, as R-02 counts them."""
    return counts.ready(counts.month_after(month))


def prepared_people(before: date) -> Any:
    """A SELECT of `person_id, since` of everybody who was prepared before this day, and from which day on."""
    return counts.prepared_since(before)


def first_exposures() -> Any:
    """A SELECT of `person_id, kind, valid_from, valid_to, by_lot` of each person's first training, for who compares."""
    return counts.first_exposures()


def _tell(uow: UnitOfWork, spell: Spell, home: UnitCard | None) -> None:
    """Others may count from it; here the months of the person's home unit, up to the present one, are marked."""
    since, day = spell.valid_to or spell.valid_from, clock.today()
    here, said = home.id if home else None, {"kind": spell.kind, "status": spell.status}
    uow.publish(ExposureChanged(person_id=spell.person_id, unit_id=here, since=since, **said))
    while home is not None and (day.year, day.month) >= (since.year, since.month):
        uow.touch(home.id, day, EXPOSURES)
        day = day.replace(day=1) - timedelta(days=1)
