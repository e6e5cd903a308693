"""The letter of a coaching path that was found equal: another paper than the STTPP, numbered and checked alike."""

import secrets

from p2k2lms.core import clock, settings
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.certificates import queries, rules
from p2k2lms.plugins.certificates.models import Certificate
from p2k2lms.plugins.certificates.service.copying import CHOSEN, DRAW, PAGE, SIGNER, agencies_of
from p2k2lms.plugins.certificates.values import LETTER
from p2k2lms.plugins.coaching import service as coaching
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.progress import service as progress
from p2k2lms.plugins.progress.values import EquivalenceCard

SERIES = "SKB"  # stands in the number where a certificate names its course


def issue_letter(equivalence_id: int) -> None:
    """Give the person of a decided path the letter; one that stands already stays the only one. No actor."""
    with unit_of_work("certificates.issue_letter", subject=f"equivalence:{equivalence_id}") as uow:
        if not queries.letter_stands(equivalence_id):
            write(uow, progress.equivalence(equivalence_id))


def write(uow: UnitOfWork, done: EquivalenceCard, old: Certificate | None = None) -> Certificate:
    """Copy all that is printed, take the next number of the issuer, and leave the drawing to the worker."""
    version, person = catalogue.version(done.version_id), identity.person(done.person_id)
    issuer, path = identity.unit(done.unit_id), coaching.finished_path(done.path_id)
    assert path is not None, "only a finished path is decided upon"
    chosen = settings.values(CHOSEN, issuer.lineage)
    day = clock.today(issuer.zone)
    seq = queries.raise_seq(issuer.id, day.year)
    unit = chosen["certificates.unit"] or issuer.kemendagri_code
    minutes = sum(stage.minutes for stage in path.stages)
    row = uow.add(
        Certificate(
            code=rules.code_of(secrets.randbits(rules.CODE_BITS)),
            kind=LETTER,
            number=rules.number(chosen["certificates.number"], seq, unit, SERIES, day),
            issuer_unit_id=issuer.id,
            issuer_path=issuer.path,
            year=day.year,
            seq=seq,
            person_id=person.id,
            equivalence_id=done.id,
            name=person.name_on_certificate,
            course_title=version.title,
            angkatan_name=path.card.name,
            held=rules.walked_in_words(path.card.valid_from, done.decided_on),
            issued_on=day,
            replaces_id=old.id if old else None,
            printed={
                "ministry": chosen["certificates.ministry"],
                "issuer": chosen["certificates.issuer"] or issuer.name,
                "legal_basis": "",
                "birth": rules.birth_in_words(person.birth_place, person.birth_date),
                "rank": rules.rank_in_words(person.nip, person.rank),
                "post": chosen["certificates.post"],
                "agency": agencies_of([(person.id, done.decided_on)])[person.id, done.decided_on],
                "jp": round(minutes / rules.MINUTES_OF_JP),
                "signer": {key: chosen[f"certificates.{key}"] for key in SIGNER},
                "subjects": [[stage.title, stage.minutes] for stage in path.stages],
                "marks": [],
                "replaces": old.number if old else "",
            },
        )
    )
    uow.enqueue(DRAW, certificate_id=row.id)
    if old is None:
        uow.notify(row.person_id, "certificates.issued", PAGE, number=row.number)
    return row
