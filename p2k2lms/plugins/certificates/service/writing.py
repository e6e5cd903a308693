"""Writes the certificates of completions in one class: all that is printed is copied, asked for together."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from p2k2lms.core import clock, settings
from p2k2lms.core.unit_of_work import UnitOfWork
from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.assessment.values import POST, PRE, ScoreCard
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import VersionCard
from p2k2lms.plugins.certificates import queries, rules
from p2k2lms.plugins.certificates.models import Certificate
from p2k2lms.plugins.certificates.service.copying import CHOSEN, DRAW, PAGE, SIGNER, agencies_of
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import AngkatanCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import PersonCard, UnitCard
from p2k2lms.plugins.progress.values import CompletionCard


@dataclass(frozen=True)
class Desk:
    """What the certificates of a class have in common, and what is known of its people."""

    angkatan: AngkatanCard
    issuer: UnitCard
    chosen: Mapping[str, str]
    versions: Mapping[int, VersionCard]
    people: Mapping[int, PersonCard]
    agencies: Mapping[tuple[int, date], str]
    scores: Mapping[int, Mapping[str, ScoreCard]]


def write(uow: UnitOfWork, done: Sequence[CompletionCard], old: Certificate | None = None) -> list[Certificate]:
    """Copy all that is printed, take the next numbers, and leave the drawing to the worker."""
    desk = _desk(done)
    day = clock.today(desk.issuer.zone)
    last = queries.raise_seq(desk.issuer.id, day.year, len(done))
    rows = [_row(desk, one, last - len(done) + n, day, old) for n, one in enumerate(done, 1)]
    uow.add_all(rows)
    for row in rows:
        uow.enqueue(DRAW, certificate_id=row.id)
        if old is None:
            uow.notify(row.person_id, "certificates.issued", PAGE, number=row.number)
    return rows


def _desk(done: Sequence[CompletionCard]) -> Desk:
    angkatan = enrolment.angkatan(done[0].angkatan_id)
    issuer = identity.unit(angkatan.centre_unit_id)
    learned = {card.id: card.version_id for card in enrolment.members(angkatan.id)}
    versions = {version_id: catalogue.version(version_id) for version_id in set(learned.values())}
    return Desk(
        angkatan=angkatan,
        issuer=issuer,
        chosen=settings.values(CHOSEN, issuer.lineage),
        versions={enrolment_id: versions[version_id] for enrolment_id, version_id in learned.items()},
        people=identity.people([one.person_id for one in done]),
        agencies=agencies_of([(one.person_id, one.decided_on) for one in done]),
        scores=assessment.scores_of([one.enrolment_id for one in done]),
    )


def _row(desk: Desk, done: CompletionCard, seq: int, day: date, old: Certificate | None) -> Certificate:
    issuer, chosen, person = desk.issuer, desk.chosen, desk.people[done.person_id]
    version = desk.versions[done.enrolment_id]
    unit = chosen["certificates.unit"] or issuer.kemendagri_code
    return Certificate(
        code=rules.code_of(secrets.randbits(rules.CODE_BITS)),
        number=rules.number(chosen["certificates.number"], seq, unit, done.course.upper(), day),
        issuer_unit_id=issuer.id,
        issuer_path=issuer.path,
        year=day.year,
        seq=seq,
        person_id=person.id,
        completion_id=done.id,
        angkatan_id=desk.angkatan.id,
        name=person.name_on_certificate,
        course_title=version.title,
        angkatan_name=desk.angkatan.name,
        held=_held(desk.angkatan, done.decided_on, chosen),
        issued_on=day,
        replaces_id=old.id if old else None,
        printed={
            "ministry": chosen["certificates.ministry"],
            "issuer": chosen["certificates.issuer"] or issuer.name,
            "legal_basis": chosen["certificates.legal_basis"],
            "birth": rules.birth_in_words(person.birth_place, person.birth_date),
            "rank": rules.rank_in_words(person.nip, person.rank),
            "post": chosen["certificates.post"],
            "agency": desk.agencies[done.person_id, done.decided_on],
            "jp": version.jp,
            "signer": {key: chosen[f"certificates.{key}"] for key in SIGNER},
            "subjects": [list(subject) for subject in catalogue.subjects(version.id)],
            "marks": _marks(desk.scores.get(done.enrolment_id, {})),
            "replaces": old.number if old else "",
        },
    )


def _held(angkatan: AngkatanCard, decided_on: date, chosen: Mapping[str, str]) -> str:
    """How and when: the days of the class, or the day of completion where the class has no end."""
    if angkatan.ends is None:
        return rules.finished_in_words(angkatan.mode, decided_on)
    return rules.held_in_words(angkatan.mode, angkatan.starts, angkatan.ends, chosen["certificates.place"])


def _marks(scores: Mapping[str, ScoreCard]) -> list[list[str]]:
    """The marks of the back page."""
    named = (("Pre-test", scores.get(PRE)), ("Post-test", scores.get(POST)))
    return [[name, str(score.percent) if score else "tidak diikuti"] for name, score in named]
