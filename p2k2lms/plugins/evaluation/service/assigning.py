"""Who answers about whom: people about themselves, supervisors about theirs, interviewers about families by lot."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from p2k2lms.core import clock
from p2k2lms.core.unit_of_work import UnitOfWork
from p2k2lms.plugins.evaluation.models import Wave
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.rules import asking
from p2k2lms.plugins.evaluation.values import DECLINED, NO_FAMILIES, NO_SUPERVISOR, WAITING, VersionCard
from p2k2lms.plugins.fieldwork import service as fieldwork
from p2k2lms.plugins.identity import service as identity

ASKED = "evaluation.asked"
FRAME = "evaluation.frame_wave"
NOBODY = {"atasan": NO_SUPERVISOR, "pewawancara": NO_FAMILIES}
Asked = tuple[int, int, str]  # who answers, about whom, and which family of a roster


@dataclass(frozen=True)
class Subject:
    """Whom a wave is about, as it was when the wave took him in."""

    arm: str
    kabupaten_id: int | None
    unit_path: str


def assign(
    uow: UnitOfWork, row: Wave, version: VersionCard, arms: Mapping[int, str], known: Collection[int] = ()
) -> None:
    """Write who is asked about these people, and tell each respondent once; of whom nobody can be asked yet is kept.

    Who is `known`, because the wave is about them already, takes part in the lot and is not asked about again: a
    draw among those who came since alone would draw as many anew each time.
    """
    homes = identity.home_units(arms, clock.today())
    found = {p: Subject(arms[p], identity.kabupaten_of(home), home.path) for p, home in homes.items()}
    about: Iterable[int] = found
    if version.instrument.audience == "pewawancara":
        about = asking.some_of_each(row.draw_seed, {p: one.kabupaten_id for p, one in found.items()})
    _ask(uow, row, version, {person: found[person] for person in about if person not in known})


def ask_again(uow: UnitOfWork, row: Wave, version: VersionCard) -> None:
    """Ask about those of whom nobody could be asked, as far as somebody can be by now."""
    waiting = read.unasked(row.id)
    read.forget_unasked(row.id)
    _ask(uow, row, version, {one.subject_id: Subject(one.arm, one.kabupaten_id, one.unit_path) for one in waiting})


def _ask(uow: UnitOfWork, row: Wave, version: VersionCard, subjects: Mapping[int, Subject]) -> None:
    audience = version.instrument.audience
    asked = list(_asked(audience, row.draw_seed, subjects))
    declined = identity.who_declined(identity.SURVEYS, {respondent for respondent, _subject, _ref in asked})
    told = [one for one in asked if one[0] not in declined]
    lot = {"wave_id": row.id}
    read.insert_assignments(
        [
            {**lot, "respondent_id": who, "subject_id": person, "subject_ref": ref, "state": WAITING}
            | asdict(subjects[person])
            for who, person, ref in told
        ]
    )
    found, reached = {one[1] for one in asked}, {one[1] for one in told}
    read.insert_unasked(
        [
            {**lot, "subject_id": person, "reason": DECLINED if person in found else NOBODY[audience]} | asdict(one)
            for person, one in subjects.items()
            if person not in reached
        ]
    )
    for respondent in dict.fromkeys(one[0] for one in told):
        ring(uow, row, respondent, ASKED, "/evaluasi")
    if told:
        uow.enqueue(FRAME, wave_id=row.id)


def ring(uow: UnitOfWork, row: Wave, person_id: int, key: str, url: str) -> None:
    """A line in the bell about a wave; one of the schedule says the month of its classes, as its reader writes it."""
    about = {"title": row.title} if row.made_by is not None else {"month": f"{row.anchor:%Y-%m}"}
    uow.notify(person_id, key if row.made_by is not None else f"{key}_month", url, **about, day=row.closes.isoformat())


def _asked(audience: str, seed: str, people: Collection[int]) -> Iterator[Asked]:
    if audience == "pewawancara":
        yield from _families(seed, people)
    elif audience == "atasan":
        for person, supervisor in identity.supervisors_of(people, clock.today()).items():
            yield supervisor, person, ""
    else:
        for person in people:
            yield person, person, ""


def _families(seed: str, people: Collection[int]) -> Iterator[Asked]:
    """Four families of each of these pendamping, by number alone: no name and no key of a family is kept."""
    bosses = identity.supervisors_of(people, clock.today())
    groups: dict[int, list[tuple[int, int]]] = {}
    for group in fieldwork.held_by(people):
        groups.setdefault(group.holder_id or 0, []).append((group.id, group.members))
    for person in sorted(people):
        drawn = asking.families(seed, person, groups.get(person, []))
        visits = asking.interviewers(person, bosses.get(person), len(drawn))
        for who, (place, number) in zip(visits, drawn, strict=True):
            yield who, person, f"{place}:{number}"


def family(ref: str, names: Mapping[int, str]) -> str:
    """How an interviewer finds a family: the group and the number in its roster."""
    group, _sign, number = ref.partition(":")
    return f"{names.get(int(group), '–')} · {number}"


def group_ids(refs: Iterable[str]) -> set[int]:
    """The groups of the families that are to be visited."""
    return {int(ref.partition(":")[0]) for ref in refs if ref}
