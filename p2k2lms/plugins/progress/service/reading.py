"""What progress answers: the state of one person, the marks of a class, people in one's care."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from p2k2lms.core import questions
from p2k2lms.core.access import Actor, Permission, require
from p2k2lms.core.errors import NotFound
from p2k2lms.core.questions import Ahead
from p2k2lms.plugins.assessment.values import POST, PRE, Places, places_of
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.coaching import service as coaching
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import RUNNING, STOPPED, AngkatanCard, EnrolmentCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import CareLine
from p2k2lms.plugins.progress import queries, rules, words
from p2k2lms.plugins.progress.permissions import (
    DECIDE_COMPLETION,
    LEADERS,
    LIST_PEOPLE,
    READ_MARKS,
    TRAINERS,
)
from p2k2lms.plugins.progress.service.facts import Known, known_of, known_of_one, limits_of
from p2k2lms.plugins.progress.values import CompletionCard, CompletionState, Limits, MarksRow, PersonRow

PAGE = 100
AT_A_TIME = 1_000
NOBODY = 0


@dataclass(frozen=True)
class ClassMarks:
    """The marks grid of a class: its rows by name, and what the course asks."""

    angkatan: AngkatanCard
    title: str
    limits: Limits
    rows: tuple[MarksRow, ...]


@dataclass(frozen=True)
class Proposal:
    """One person who waits for a decision, with what the rule proposes and why."""

    row: MarksRow
    missing: tuple[str, ...]
    oneself: bool


@dataclass(frozen=True)
class Closing:
    """The closing page of a class: who waits, who has been decided."""

    angkatan: AngkatanCard
    title: str
    waiting: tuple[Proposal, ...]
    decided: tuple[tuple[MarksRow, CompletionCard], ...]

    @property
    def by_rule(self) -> bool:
        """Nobody decides here while the door is open: the rule does."""
        return rules.rule_decides(self.angkatan.mode, self.angkatan.open_door)

    @property
    def ready(self) -> int:
        """How many could pass at once."""
        return sum(p.row.passes and not p.oneself for p in self.waiting)


def state_of(enrolment_id: int) -> CompletionState:
    """How far one person is in one class; raises NotFound."""
    return state_in(enrolment.enrolment(enrolment_id))


def state_in(card: EnrolmentCard) -> CompletionState:
    """The same for who has the enrolment in hand."""
    known = known_of_one(card)
    decided = queries.of_enrolments([card.id]).get(card.id)
    missing = () if decided and decided.decision == "lulus" else known.proposal.missing
    return CompletionState(
        read=known.facts.read,
        required=known.facts.required,
        pre=known.pre,
        post=known.facts.post,
        decision=decided.decision if decided else "",
        decided_on=decided.decided_on if decided else None,
        proposal=known.proposal,
        missing=tuple(words.lacking(c) for c in missing),
    )


def completions(completion_ids: Sequence[int]) -> list[CompletionCard]:
    """The decisions with these ids, in their order; raises NotFound."""
    found = queries.cards(completion_ids)
    if len(found) != len(completion_ids):
        raise NotFound("completion")
    return found


def completions_of(person_id: int) -> list[CompletionCard]:
    """All decisions about one person, the latest first."""
    return list(queries.of_person(person_id))


def ahead_of_person(actor: Actor, person_id: int, part: str) -> list[Ahead]:
    """What a page about this person will ask of decisions."""
    return [queries.of_person.ahead(person_id)] if part == "person.page" else []


def marks(actor: Actor, angkatan_id: int) -> ClassMarks:
    """The marks of a class for its staff; NotFound for all others."""
    card, members, every = _grid(actor, READ_MARKS, angkatan_id)
    return class_marks(card, members, known_of(members, every))


def _grid(
    actor: Actor, wanted: Permission, angkatan_id: int
) -> tuple[AngkatanCard, list[EnrolmentCard], list[EnrolmentCard]]:
    """A class for who has this permission over it, who sits in it, and what these learn in its course elsewhere too.

    What stands beside each of them is asked in the same statement.
    """
    require(actor, wanted)
    beside = (coaching.ahead_of_micro_teaching(angkatan_id), queries.of_class.ahead(angkatan_id))
    questions.ask([*enrolment.ahead_of_grid(angkatan_id), *beside])
    card = enrolment.angkatan(angkatan_id)
    require(actor, wanted, card)
    every = enrolment.members_elsewhere_too(card)
    return card, [m for m in every if m.angkatan_id == card.id and m.state != STOPPED], every


def class_marks(
    card: AngkatanCard, members: Sequence[EnrolmentCard], known: dict[int, Known] | None = None
) -> ClassMarks:
    """The marks of these members of a class, from what is `known` already; the caller has decided who may see them."""
    limits = limits_of(card.version_id, card.mode)
    decided, names = queries.of_class(card.id), enrolment.names_of(card.id)
    rows = _rows(members, known or known_of(members), decided, names)
    return ClassMarks(card, catalogue.outline(card.version_id).title, limits, rows)


def class_rows(actor: Actor, angkatan_id: int) -> Iterator[MarksRow]:
    """The rows of the same grid for a file, by name; what each has read and scored is looked up while it is sent."""
    require(actor, READ_MARKS)
    require(actor, READ_MARKS, enrolment.angkatan(angkatan_id))
    members = [m for m in enrolment.members(angkatan_id) if m.state != STOPPED]
    names = identity.names([m.person_id for m in members])
    members.sort(key=lambda m: (names.get(m.person_id, ""), m.person_id))
    parts = (members[start : start + AT_A_TIME] for start in range(0, len(members), AT_A_TIME))
    return chain.from_iterable(
        _rows(part, known_of(part), queries.of_enrolments([m.id for m in part]), names) for part in parts
    )


def closing(actor: Actor, angkatan_id: int) -> Closing:
    """Who waits for a decision and why, for those who decide; NotFound for all others."""
    card, members, every = _grid(actor, DECIDE_COMPLETION, angkatan_id)
    known, decided = known_of(members, every), queries.of_class(card.id)
    rows = _rows(members, known, decided, enrolment.names_of(card.id))
    waiting = tuple(
        Proposal(
            row, tuple(words.lacking(c) for c in known[row.enrolment_id].proposal.missing), row.person_id == actor.id
        )
        for row in rows
        if not row.decision
    )
    done = tuple((row, decided[row.enrolment_id]) for row in rows if row.decision)
    return Closing(card, catalogue.outline(card.version_id).title, waiting, done)


def people(actor: Actor, after_id: int = 0, limit: int = PAGE) -> list[PersonRow]:
    """People in the actor's care with progress and marks, by id, from behind `after_id`.

    A widyaiswara or panitia sees the members of the own classes, a supervisor who is supervised today,
    koordinator and admin the pendamping of their units; the class shown is the running one, else the latest.
    """
    require(actor, LIST_PEOPLE)
    return _person_rows(actor, _care(actor, after_id, limit))


def all_people(actor: Actor) -> Iterator[PersonRow]:
    """The same without an end, read in parts while it is sent."""
    require(actor, LIST_PEOPLE)
    return _walk(actor)


def _walk(actor: Actor) -> Iterator[PersonRow]:
    care = _care(actor, 0, None)
    for start in range(0, len(care), AT_A_TIME):
        yield from _person_rows(actor, care[start : start + AT_A_TIME])


def _trainer(actor: Actor) -> int:
    """Whose classes are shown: the actor's own, to who teaches or runs some; else nobody's."""
    return (actor.id or NOBODY) if actor.roles & set(TRAINERS.split()) else NOBODY


def _care(actor: Actor, after_id: int, limit: int | None) -> list[CareLine]:
    """The people in somebody's care; of those who are close every class may be seen, of others the own ones."""
    taught = enrolment.taught_by(_trainer(actor))
    return identity.in_care(actor.id or 0, actor.paths(*LEADERS.split()), taught, after_id, limit)


def _shown(cards: Iterable[EnrolmentCard]) -> dict[int, EnrolmentCard]:
    """The class that is shown for each person: the running one, else the latest of those that may be seen."""
    found: dict[int, EnrolmentCard] = {}
    for card in cards:
        known = found.get(card.person_id)
        if known is None or known.state != RUNNING or card.state == RUNNING:
            found[card.person_id] = card
    return found


def _person_rows(actor: Actor, care: Sequence[CareLine]) -> list[PersonRow]:
    close = {line.id for line in care if line.close}
    found = enrolment.enrolments_seen_by(_trainer(actor), [line.id for line in care])
    shown = _shown(card for card, taught in found if taught or card.person_id in close)
    cards, every = list(shown.values()), [card for card, _taught in found]
    known, decided = known_of(cards, every, meetings=False), queries.of_enrolments([c.id for c in cards])
    rows = []
    for line in care:
        card = shown.get(line.id)
        if card is None:
            rows.append(PersonRow(line.id, line.name, line.home, "", 0, 0, None, None, ""))
            continue
        k, verdict = known[card.id], decided.get(card.id)
        rows.append(
            PersonRow(
                person_id=line.id,
                name=line.name,
                unit=line.home,
                course=card.course,
                read=k.facts.read,
                required=k.facts.required,
                pre=k.pre,
                post=k.facts.post,
                decision=verdict.decision if verdict else "",
            )
        )
    return rows


def _rows(
    members: Sequence[EnrolmentCard],
    known: dict[int, Known],
    decided: dict[int, CompletionCard],
    names: dict[int, str],
) -> tuple[MarksRow, ...]:
    rows = [
        MarksRow(
            person_id=m.person_id,
            enrolment_id=m.id,
            name=names.get(m.person_id, ""),
            read=known[m.id].facts.read,
            required=known[m.id].facts.required,
            pre=known[m.id].pre,
            post=known[m.id].facts.post,
            decision=decided[m.id].decision if m.id in decided else "",
            passes=known[m.id].passes,
            attendance=known[m.id].facts.attendance,
            pre_place=known[m.id].place(PRE),
            post_place=known[m.id].place(POST),
        )
        for m in members
    ]
    return tuple(sorted(rows, key=lambda row: (row.name, row.person_id)))


def shown_rows(found: ClassMarks) -> dict[str, Sequence[MarksRow]]:
    """The rows of the grid under each filter; "" shows all."""
    shown: dict[str, list[MarksRow]] = {name: [] for name in rules.FILTERS}
    for row in found.rows:
        for name in rules.filters_of(row.complete, row.post, found.limits.post_test, row.decision):
            shown[name].append(row)
    return {"": found.rows, **shown}


def counts(found: ClassMarks) -> dict[str, int]:
    """For each column of the grid, of how many people there is something."""
    rows = found.rows
    return {
        "read": sum(r.read >= r.required > 0 for r in rows),
        "pre": sum(r.pre is not None for r in rows),
        "post": sum(r.post is not None for r in rows),
        "attendance": sum(r.attendance is not None for r in rows),
        "gain": sum(r.gain is not None for r in rows),
        "decision": sum(bool(r.decision) for r in rows),
    }


def places(found: ClassMarks) -> Places:
    """Where those of the grid who have a post-test sat it."""
    return places_of((r.pre_place, r.post_place) for r in found.rows if r.post is not None)
