"""Turns rows into the plain things that leave this plugin."""

from p2k2lms.plugins.identity.models import Person, Posting, Unit
from p2k2lms.plugins.identity.values import PersonCard, PostingCard, UnitCard


def person_card(row: Person) -> PersonCard:
    return PersonCard(
        id=row.id,
        name=row.name,
        name_on_certificate=row.name_on_certificate or row.name,
        pkh_id=row.pkh_id,
        phone=row.phone,
        email=row.email,
        birth_place=row.birth_place,
        birth_date=row.birth_date,
        nip=row.nip,
        rank=row.rank,
        status=row.status,
        has_password=row.password_hash is not None,
    )


def unit_card(row: Unit) -> UnitCard:
    return UnitCard(
        id=row.id,
        name=row.name,
        level=row.level,
        path=row.path,
        kemendagri_code=row.kemendagri_code,
        bps_code=row.bps_code,
        zone=row.zone,
        parent_id=row.parent_id,
        lineage=(row.id, *row.ancestors),
    )


def posting_card(row: Posting, unit: Unit) -> PostingCard:
    return PostingCard(
        id=row.id,
        person_id=row.person_id,
        role=row.role,
        unit=unit_card(unit),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        end_reason=row.end_reason,
    )
