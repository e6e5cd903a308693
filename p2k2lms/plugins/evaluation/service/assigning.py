"""Who answers about whom: people about themselves, supervisors about theirs, interviewers about families by lot."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from p2k2lms.core import clock
from p2k2lms.core.unit_of_work import UnitOfWork
from p2k2lms.plugins.evaluation.models import Wave
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.rules import asking
from p2k2lms.plugins.evaluation.values import WAITING, VersionCard
from p2k2lms.plugins.fieldwork import service as fieldwork
from p2k2lms.plugins.identity import service as identity

ASKED = "evaluation.asked"
Asked = tuple[int, int, str]  # who answers, about whom, and which family of a roster


def assign(
    uow: UnitOfWork, row: Wave, version: VersionCard, arms: Mapping[int, str], known: Collection[int] = ()
) -> None:
    """Write who is asked about these people, and tell each respondent once; who declined surveys is left out.

    Who is `known`, because the wave asks about them already, takes part in the lot and is not asked about again: a
    draw among those who came since alone would draw as many anew each time.
    """
    homes = identity.home_units(arms, clock.today())
    kabupaten = {person: identity.kabupaten_of(home) for person, home in homes.items()}
    asked = [one for one in _asked(version.instrument.audience, row.draw_seed, kabupaten) if one[1] not in known]
    declined = identity.who_declined(identity.SURVEYS, {respondent for respondent, _subject, _ref in asked})
    told = [one for one in asked if one[0] not in declined]
    read.insert_assignments(
        [
            {
                "wave_id": row.id,
                "respondent_id": respondent,
                "subject_id": subject,
                "subject_ref": ref,
                "arm": arms[subject],
                "kabupaten_id": kabupaten[subject],
                "unit_path": homes[subject].path,
                "state": WAITING,
            }
            for respondent, subject, ref in told
        ]
    )
    for respondent in dict.fromkeys(one[0] for one in told):
        uow.notify(respondent, ASKED, "/evaluasi", title=row.title, day=row.closes.isoformat())


def _asked(audience: str, seed: str, homes: Mapping[int, int | None]) -> Iterator[Asked]:
    if audience == "pewawancara":
        yield from _families(seed, homes)
    elif audience == "atasan":
        for person, supervisor in identity.supervisors_of(homes, clock.today()).items():
            yield supervisor, person, ""
    else:
        for person in homes:
            yield person, person, ""


def _families(seed: str, homes: Mapping[int, int | None]) -> Iterator[Asked]:
    """Four families of each of some pendamping, by number alone: no name and no key of a family is kept."""
    people = asking.some_of_each(seed, homes)
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
