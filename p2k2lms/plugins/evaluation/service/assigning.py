"""Puts the people of a wave in its queue, and asks about them in portions that keep no other writer waiting."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.access import SYSTEM
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.evaluation.models import Wave
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.service.audiences import AUDIENCES
from p2k2lms.plugins.evaluation.service.instruments import version_card
from p2k2lms.plugins.evaluation.service.known import frame_of
from p2k2lms.plugins.evaluation.values import DECLINED, QUEUED, WAITING
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard

ASKED = "evaluation.asked"
AT_ONCE = 1_000


@dataclass(frozen=True)
class Subject:
    """Whom a wave is about, as it was when the wave took him in."""

    arm: str
    kabupaten_id: int | None
    unit_path: str


def homes_of(people: Iterable[int]) -> Iterator[tuple[int, UnitCard]]:
    """Where each works today; looked up in portions, so that no card of a unit is held for everybody at once."""
    every = iter(people)
    while part := list(islice(every, AT_ONCE)):
        yield from identity.home_units(part, clock.today()).items()


def subjects(audience: str, seed: str, arms: Mapping[int, str]) -> dict[int, Subject]:
    """About whom of these people a wave of this audience is, by lot where not all are."""
    found = {
        person: Subject(arms[person], identity.kabupaten_of(home), home.path) for person, home in homes_of(arms.keys())
    }
    about = AUDIENCES[audience].about(seed, {person: one.kabupaten_id for person, one in found.items()})
    return {person: found[person] for person in about}


def enlist(wave_id: int, people: Mapping[int, Subject]) -> None:
    """Put these people in the queue of a wave, those left out that it is about already; joins its transaction.

    So the draw of a wave is kept whole, whatever becomes of the asking.
    """
    known = read.subjects(wave_id)
    queued = {"wave_id": wave_id, "reason": QUEUED}
    read.insert_unasked([queued | vars(one) | {"subject_id": p} for p, one in people.items() if p not in known])


def ask_waiting(wave_id: int) -> None:
    """Ask about everybody in the queue of whom somebody can be asked by now; of the others it is kept what lacks.

    A wave that opens on a later day asks nobody before: its sheets and its bell come in the night in which it opens.
    Portion by portion, each a transaction of its own; whoever is asked leaves the queue, so breaking off is harmless.
    """
    last = 0
    while part := read.waiting(wave_id, last, AT_ONCE):
        last = part[-1]
        with unit_of_work("evaluation.ask_waiting", SYSTEM, f"wave:{wave_id}") as uow:
            row = read.wave(wave_id)
            if row is not None and row.closed_at is None and row.opens <= clock.today():
                _ask(uow, row, read.unasked_among(wave_id, part))


def _ask(uow: UnitOfWork, row: Wave, waiting: Sequence[Any]) -> None:
    people = {one.subject_id: one for one in waiting}
    audience = AUDIENCES[version_card(row.version_id).instrument.audience]
    found = list(audience.asked(row.draw_seed, people))
    declined = identity.who_declined(identity.SURVEYS, {respondent for respondent, _subject, _ref in found})
    asked = [one for one in found if one[0] not in declined]
    reached, willing = {one[1] for one in asked}, {one[1] for one in found}
    for reason, lacking in (
        (DECLINED, willing - reached),
        (audience.lacks, people.keys() - willing),
    ):
        read.note_reason(row.id, [person for person in lacking if people[person].reason != reason], reason)
    respondents = dict.fromkeys(one[0] for one in asked)
    told = read.told_already(row.id, respondents)
    bands = frame_of(sorted(reached), row.opens)
    read.insert_assignments([_assignment(row.id, one, people[one[1]], bands[one[1]]) for one in asked])
    read.forget_unasked(row.id, reached)
    for respondent in respondents:
        if respondent not in told:
            ring(uow, row, respondent, ASKED, "/evaluasi")


def _assignment(wave_id: int, asked: tuple[int, int, str], about: Any, bands: Mapping[str, str]) -> dict[str, Any]:
    respondent, subject, ref = asked
    place = {"arm": about.arm, "kabupaten_id": about.kabupaten_id, "unit_path": about.unit_path}
    who = {"wave_id": wave_id, "respondent_id": respondent, "subject_id": subject, "subject_ref": ref}
    return {**who, **place, **bands, "state": WAITING}


def ring(uow: UnitOfWork, row: Wave, person_id: int, key: str, url: str) -> None:
    """A line in the bell about a wave; one of the schedule says the month of its classes, as its reader writes it."""
    about = {"title": row.title} if row.made_by is not None else {"month": f"{row.anchor:%Y-%m}"}
    uow.notify(person_id, key if row.made_by is not None else f"{key}_month", url, **about, day=row.closes.isoformat())


def family(ref: str, names: Mapping[int, str]) -> str:
    """How an interviewer finds a family: the group and the number in its roster."""
    group, _sign, number = ref.partition(":")
    return f"{names.get(int(group), '–')} · {number}"


def group_ids(refs: Iterable[str]) -> set[int]:
    """The groups of the families that are to be visited."""
    return {int(ref.partition(":")[0]) for ref in refs if ref}
