"""The one place where a spell of exposure is written."""

from dataclasses import asdict

from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment import queries
from p2k2lms.plugins.enrolment.models import ExposureSpell
from p2k2lms.plugins.enrolment.values import Spell


def record_exposure(spell: Spell) -> None:
    """Write down the exposure, or bring what is known of it up to date; one row per person, kind and object."""
    with unit_of_work("enrolment.record_exposure", subject=f"person:{spell.person_id}") as uow:
        row = queries.spell_row(spell.person_id, spell.kind, spell.object_ref)
        if row is None:
            uow.add(ExposureSpell(**asdict(spell)))
            return
        for name, value in asdict(spell).items():
            if value is not None or name == "valid_to":
                setattr(row, name, value)
