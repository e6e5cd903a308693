"""Who may lead which sesi: kept up to date as cards, cek cepat and observations come in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from p2k2lms.core import clock, questions
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import OutlineSesi
from p2k2lms.plugins.coaching import service as coaching
from p2k2lms.plugins.delivery import service as delivery
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.progress import ladder, queries
from p2k2lms.plugins.progress.models import Readiness


@dataclass(frozen=True)
class Rung:
    """One sesi on the ladder of a person: ready to lead it, or what lacks."""

    sesi: OutlineSesi
    level: int
    reached: tuple[str, ...]
    since: date | None

    @property
    def ready(self) -> bool:
        """May lead this sesi."""
        return self.level == ladder.READY

    @property
    def missing(self) -> tuple[str, ...]:
        """What lacks, in order."""
        return ladder.missing(self.reached)


def note_step(person_id: int, course: str, version_id: int, step: str) -> None:
    """A card was read: where it was the last of its sesi, look again."""
    outline = catalogue.outline(version_id)
    place = outline.places.get(step)
    sesi = outline.sesi[place[0]] if place else None
    if sesi is None or sesi.number is None:
        return
    required = {one.id for one in sesi.steps if one.required}
    if required <= delivery.done_steps(person_id, course):
        refresh(person_id, course, version_id)


def note_check(enrolment_id: int) -> None:
    """A cek cepat was handed in."""
    card = enrolment.enrolment(enrolment_id)
    refresh(card.person_id, card.course, card.version_id)


def note_observation(person_id: int, course: str) -> None:
    """Somebody was observed: the rungs of the version that he learns, or of the newest."""
    card = enrolment.enrolment_in(person_id, course)
    refresh(person_id, course, card.version_id if card else catalogue.latest(course).id)


def refresh(person_id: int, course: str, version_id: int) -> None:
    """Bring the ladder of one person in one course up to what is known; no actor, facts have become true."""
    with unit_of_work("progress.refresh_readiness", subject=f"person:{person_id}") as uow:
        known = {row.sesi: row for row in queries.readiness_rows(person_id, course)}
        for facts, reached in _reached(person_id, course, version_id):
            height, reason = ladder.level(reached), ",".join(reached)
            row = known.get(facts.sesi)
            if row is None and reached:
                told = {"person_id": person_id, "course": course, "sesi": facts.sesi}
                uow.add(Readiness(**told, level=height, reason=reason, since=clock.today()))
            elif row is not None and row.reason != reason:
                row.since = clock.today() if row.level != height else row.since
                row.level, row.reason = height, reason


def _reached(person_id: int, course: str, version_id: int) -> list[tuple[ladder.SesiFacts, tuple[str, ...]]]:
    facts = facts_of(person_id, course, version_id)
    practised = ladder.practised({one.sesi: one.observed for one in facts})
    mark = catalogue.completion_rules(version_id).post_test
    return [(one, ladder.met(one, mark, one.sesi in practised)) for one in facts]


def numbered(version_id: int) -> list[OutlineSesi]:
    """The sesi for the families, which are the rungs, in order."""
    found = [s for s in catalogue.outline(version_id).sesi.values() if s.number is not None and s.written]
    return sorted(found, key=lambda sesi: sesi.number or 0)


def facts_of(person_id: int, course: str, version_id: int) -> list[ladder.SesiFacts]:
    """What is known of each rung."""
    done = delivery.done_steps(person_id, course)
    checks = assessment.quick_marks(person_id, course)
    asked = assessment.quick_sesi(version_id)
    seen: dict[str, int] = {}
    for sheet in coaching.sheets_of(person_id):
        if not sheet.own and sheet.max and sheet.course == course:
            seen[sheet.sesi] = max(seen.get(sheet.sesi, 0), 100 * sheet.points // sheet.max)
    found = []
    for sesi in numbered(version_id):
        required = [step.id for step in sesi.steps if step.required]
        read = sum(step in done for step in required)
        check, observed = checks.get(sesi.id), seen.get(sesi.id)
        found.append(ladder.SesiFacts(sesi.id, read, len(required), check, sesi.id in asked, observed))
    return found


def rungs_of(person_id: int, course: str, version_id: int, only: Sequence[str] = ()) -> list[Rung]:
    """The ladder of one person, or these rungs of it, in order; one query."""
    known = {row.sesi: row for row in queries.readiness(person_id, course)}
    found = []
    for sesi in numbered(version_id):
        if only and sesi.id not in only:
            continue
        row = known.get(sesi.id)
        reached = tuple(row.reason.split(",")) if row and row.reason else ()
        found.append(Rung(sesi, row.level if row else 0, reached, row.since if row else None))
    return found


def next_rung(person_id: int, course: str, version_id: int, sesi: str) -> tuple[Rung | None, bool]:
    """One rung of a person, and whether this person may lead its sesi; one query."""
    today = clock.today()
    questions.ask([queries.readiness.ahead(person_id, course), enrolment.prepared_ahead(person_id, today)])
    rung = next(iter(rungs_of(person_id, course, version_id, [sesi])), None)
    return rung, may_lead(person_id, course, sesi)


def may_lead(person_id: int, course: str, sesi: str) -> bool:
    """True for who is prepared by a class or a path, and for who stands high enough on this rung."""
    if enrolment.is_prepared(person_id, clock.today()):
        return True
    return any(row.sesi == sesi and row.level == ladder.READY for row in queries.readiness(person_id, course))
