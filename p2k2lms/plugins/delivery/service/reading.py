"""What learners see: their desk, a course, its cards, what a phone takes along; and the place where one stopped."""

from collections.abc import Collection, Mapping, Sequence

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, has_role, require
from p2k2lms.core.errors import NotFound
from p2k2lms.core.questions import Ahead
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import Outline, SearchHit
from p2k2lms.plugins.delivery import queries, rules
from p2k2lms.plugins.delivery.models import Position
from p2k2lms.plugins.delivery.permissions import LIST_COURSES, READ_CARD, READ_COURSE
from p2k2lms.plugins.delivery.queries import Marks
from p2k2lms.plugins.delivery.values import (
    NOBODYS,
    CardView,
    CourseView,
    Desk,
    Place,
    PositionIn,
    PrintedSesi,
    TakenAlong,
)
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import RUNNING, STOPPED, AngkatanCard, EnrolmentCard


def done_steps(person_id: int, course: str) -> frozenset[str]:
    """The cards of a course that a person has read, required or not."""
    return frozenset(_marks(person_id, course).read)


def _marks(person_id: int, course: str) -> Marks:
    return queries.marks_of(person_id).get(course) or Marks()


def ahead_of_done(person_id: int) -> list[Ahead]:
    """What `done_steps` reads, for a page that knows it will ask."""
    return [queries.marks_of.ahead(person_id)]


def ahead(actor: Actor) -> list[Ahead]:
    """What the home page will ask of reading; for a pendamping also which courses there are."""
    courses = catalogue.ahead() if "pendamping" in actor.roles else []
    return [queries.marks_of.ahead(actor.id or 0), *courses]


def done_counts(person_ids: Collection[int], course: str, required: Sequence[str]) -> dict[int, int]:
    """How many of the required cards each of these people has read; who has read none is left out."""
    found = queries.counts({0: queries.Readers(person_ids, course, required)})
    return {person_id: number for (_group, person_id), number in found.items()}


def done_by_version(
    people: Mapping[int, Collection[int]], enrolled: Mapping[str, Collection[int]]
) -> dict[tuple[int, int], int]:
    """How many of the required cards of a version its people have read, by version and person, in one query.

    Who knows by course all versions in which these people are `enrolled` gets the answer sooner.
    """
    return queries.counts({version_id: _readers(version_id, those, enrolled) for version_id, those in people.items()})


def _readers(version_id: int, people: Collection[int], enrolled: Mapping[str, Collection[int]]) -> queries.Readers:
    course, required = catalogue.outline(version_id).course, catalogue.required_steps(version_id)
    if course not in enrolled:
        return queries.Readers(people, course, required)
    ever = frozenset().union(*(catalogue.ever_taught(one) for one in enrolled[course]))
    return queries.Readers(people, course, required, ever.difference(required))


def done_in_each(person_ids: Collection[int], course: str, versions: Sequence[int]) -> dict[int, list[int]]:
    """How many of the required cards of each of these versions each person has read."""
    if not person_ids:
        return {}
    return queries.counts_of_each(person_ids, course, [catalogue.required_steps(version) for version in versions])


def desk(actor: Actor, device: str) -> Desk:
    """What the actor learns, and the open doors to courses that he does not learn yet."""
    require(actor, LIST_COURSES)
    courses = tuple(_view(card, _marks(card.person_id, card.course), device) for card in _latest(actor).values())
    return Desk(courses, doors(actor))


def running(actor: Actor, device: str) -> tuple[CourseView, ...]:
    """What the actor learns now."""
    now = [card for card in _latest(actor).values() if card.state == RUNNING]
    return tuple(_view(card, _marks(card.person_id, card.course), device) for card in now)


def doors(actor: Actor) -> tuple[tuple[AngkatanCard, str], ...]:
    """The open doors to courses that the actor does not learn yet, each with the title of its course."""
    found = [door for door in enrolment.open_doors(actor) if door.course not in _latest(actor)]
    titles = {version.course: version.title for version in catalogue.courses()} if found else {}
    return tuple((door, titles.get(door.course, door.course)) for door in found)


def _latest(actor: Actor) -> dict[str, EnrolmentCard]:
    """The enrolment that counts for each course, by course."""
    latest: dict[str, EnrolmentCard] = {}
    for card in enrolment.enrolments_of(actor.id or 0):
        if card.state != STOPPED:
            latest.setdefault(card.course, card)
    return latest


def outline(actor: Actor, course: str, device: str) -> CourseView:
    """The course as the actor sees it; NotFound unless he is enrolled."""
    card = own_enrolment(actor, course)
    return _view(card, _marks(card.person_id, course), device)


def read(actor: Actor, course: str, step: str) -> CardView:
    """One card of the version in which the actor is enrolled; NotFound if it is not in it."""
    card = own_enrolment(actor, course)
    whole = catalogue.outline(card.version_id)
    place = _must_be_in(whole, step)
    done = queries.read_steps(card.person_id, course) if card.id != NOBODYS else frozenset()
    known = done if card.id != NOBODYS else frozenset(whole.steps)
    return CardView(
        enrolment=card,
        outline=whole,
        card=catalogue.card(card.version_id, step),
        place=place,
        read=done,
        previous=rules.neighbour(whole, step, -1),
        beside=_open_next(whole, step, known),
        following=_open_next(whole, step, known | {step}),
        lock=rules.lock_on(whole, step, known),
    )


def take_along(actor: Actor, course: str) -> TakenAlong:
    """What a phone needs to go on without signal: the version that the actor learns, and what he has read of it."""
    card = own_enrolment(actor, course)
    marks = _marks(card.person_id, course) if card.id != NOBODYS else Marks()
    return TakenAlong(card, catalogue.outline(card.version_id), frozenset(marks.read), frozenset(marks.played))


def printable(actor: Actor, course: str, sesi_id: str) -> PrintedSesi:
    """A written sesi as it is printed; NotFound while it is locked or not written."""
    card = own_enrolment(actor, course)
    whole = catalogue.outline(card.version_id)
    sesi = whole.sesi.get(sesi_id)
    if sesi is None or not sesi.steps:
        raise NotFound("sesi")
    if card.id != NOBODYS and rules.sesi_lock(whole, sesi_id, queries.read_steps(card.person_id, course)):
        raise NotFound("sesi is locked")
    cards = tuple(catalogue.card(card.version_id, step.id) for step in sesi.steps)
    return PrintedSesi(card.version_id, course, sesi, catalogue.sesi(card.version_id, sesi_id), cards)


def must_learn(actor: Actor, version_id: int) -> None:
    """NotFound unless the actor learns this version, or may look at courses as learners see them."""
    require(actor, READ_CARD)
    learns = any(c.version_id == version_id and c.state != STOPPED for c in enrolment.enrolments_of(actor.id or 0))
    if not learns and not has_role(actor, READ_COURSE):
        raise NotFound("version")


def keep_position(actor: Actor, told: PositionIn) -> bool:
    """Remember where the actor reads; False when a newer place is known already.

    A clock that runs ahead counts as now, so that it cannot block the places told after it.
    """
    with unit_of_work("delivery.keep_position", actor, f"course:{told.course}") as uow:
        card = own_enrolment(actor, told.course)
        if card.id == NOBODYS:
            return False
        _must_be_in(catalogue.outline(card.version_id), told.step)
        at = min(told.at, clock.now())
        row = queries.position_row(card.person_id, card.course)
        if row is not None and not rules.is_newer(at, row.at):
            return False
        place = {"step": told.step, "scroll": told.scroll, "device": told.device, "at": at}
        if row is None:
            uow.add(Position(person_id=card.person_id, course=card.course, **place))
            return True
        for name, value in place.items():
            setattr(row, name, value)
    return True


def own_enrolment(actor: Actor, course: str) -> EnrolmentCard:
    require(actor, READ_CARD)
    card = enrolment.enrolment_in(actor.id or 0, course)
    if card is None:
        return _as_a_learner_sees_it(actor, course)
    require(actor, READ_CARD, card)
    return card


def _as_a_learner_sees_it(actor: Actor, course: str) -> EnrolmentCard:
    """For staff without an enrolment: the newest version, under no enrolment at all, so that nothing is kept."""
    if not has_role(actor, READ_COURSE):
        raise NotFound("course")
    version = catalogue.latest(course)
    return EnrolmentCard(NOBODYS, actor.id or 0, 0, None, version.course, version.id, "daring", False, RUNNING)


def search(actor: Actor, words: str) -> list[SearchHit]:
    """The cards that answer these words, among the courses that the actor learns."""
    require(actor, LIST_COURSES)
    cards = [card for card in enrolment.enrolments_of(actor.id or 0) if card.state != STOPPED]
    versions = [card.version_id for card in cards]
    if has_role(actor, READ_COURSE):
        learnt = {card.course for card in cards}
        versions += [version.id for version in catalogue.courses() if version.course not in learnt]
    return catalogue.search(versions, words)


def _must_be_in(whole: Outline, step: str) -> Place:
    place = rules.place_of(whole, step)
    if place is None:
        raise NotFound("step")
    return place


def _open_next(whole: Outline, step: str, read_then: Collection[str]) -> Place | None:
    following = rules.neighbour(whole, step, +1)
    if following is None or following.number > 1:  # within a sesi that is open, all cards are
        return following
    return None if rules.lock_on(whole, following.step.id, read_then) else following


def _view(card: EnrolmentCard, marks: Marks, device: str) -> CourseView:
    whole = catalogue.outline(card.version_id)
    elsewhere = marks.last if marks.last is not None and marks.last.device != device else None
    return CourseView(
        enrolment=card,
        outline=whole,
        share=rules.share(catalogue.required_steps(card.version_id), marks.read),
        modul=rules.modul_states(whole, marks.read),
        next=rules.resume(whole, marks.read, marks.last),
        elsewhere=elsewhere,
        played=frozenset(marks.played),
    )
