"""Moving a class to a newer version of its course: what changes, what each keeps, and the move itself in one step."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from p2k2lms.core import questions, turns
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict
from p2k2lms.core.i18n import counted
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import VersionCard
from p2k2lms.plugins.delivery import service as delivery
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import PASSED, RUNNING, AngkatanCard, EnrolmentCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.progress.permissions import CHANGE_VERSION
from p2k2lms.plugins.progress.service.deciding import note_reading
from p2k2lms.plugins.progress.service.facts import limits_of
from p2k2lms.plugins.progress.service.ladder import refresh
from p2k2lms.plugins.progress.values import Limits

FOLLOW = "progress.follow_version"
MOVED = "progress.class_moved"
PAGE = 100


@dataclass(frozen=True)
class Kept:
    """One who still learns: the required cards read of each version; `then` counts the same ticks."""

    name: str
    now: int
    then: int


@dataclass(frozen=True)
class ClassMove:
    """What a widyaiswara reads before a class is moved; `after` is None where nothing newer is published."""

    angkatan: AngkatanCard
    before: VersionCard
    after: VersionCard | None
    words: catalogue.Reworded = field(default_factory=catalogue.Reworded)
    items: Mapping[str, int] = field(default_factory=dict)
    limits: tuple[Limits, ...] = ()
    required: tuple[int, ...] = ()
    learning: int = 0
    passed: int = 0
    people: tuple[Kept, ...] = ()
    next_after: int | None = None
    tests: tuple[datetime | None, ...] = ()

    @property
    def changed(self) -> Mapping[str, int]:
        """How many cards are new, changed and gone."""
        return Counter(card.kind for card in self.words.cards)

    @property
    def may_move(self) -> bool:
        """True if nothing speaks against it now."""
        return self.after is not None and self.angkatan.closed_at is None and not self.tests


def newer_than(angkatan: AngkatanCard) -> bool:
    """True if the class may learn a newer version of its course."""
    return angkatan.closed_at is None and catalogue.latest(angkatan.course).id != angkatan.version_id


def class_move(actor: Actor, angkatan_id: int, after_id: int = 0) -> ClassMove:
    """The move of a class to the newest version, for its widyaiswara; people a page at a time."""
    require(actor, CHANGE_VERSION)
    questions.ask(enrolment.ahead_of_members(angkatan_id))
    card = enrolment.angkatan(angkatan_id)
    require(actor, CHANGE_VERSION, card)
    newest, *older = catalogue.versions_of(card.course)
    if newest.id == card.version_id:
        return ClassMove(card, newest, None)
    before = next(version for version in older if version.id == card.version_id)
    members = enrolment.members(angkatan_id)
    learning = _learning(members)
    page = [member for member in learning if member.id > after_id][:PAGE]
    both = (before.id, newest.id)
    return ClassMove(
        angkatan=card,
        before=before,
        after=newest,
        words=catalogue.reworded(*both),
        items=catalogue.changed_items(*both),
        limits=tuple(limits_of(version, card.mode) for version in both),
        required=tuple(len(catalogue.required_steps(version)) for version in both),
        learning=len(learning),
        passed=sum(member.state == PASSED for member in members),
        people=_kept(page, card.course, both),
        next_after=page[-1].id if len(page) == PAGE else None,
        tests=tuple(assessment.tests_until([member.id for member in learning])),
    )


def _learning(members: Sequence[EnrolmentCard]) -> list[EnrolmentCard]:
    return [member for member in members if member.state == RUNNING]


def _kept(page: Sequence[EnrolmentCard], course: str, versions: tuple[int, int]) -> tuple[Kept, ...]:
    people = [member.person_id for member in page]
    names, read = identity.names(people), delivery.done_in_each(people, course, versions)
    return tuple(sorted((Kept(names.get(p, ""), *read[p]) for p in people), key=lambda one: one.name))


def move_class(actor: Actor, angkatan_id: int, seen: int, version_id: int) -> int:
    """Let a class learn a newer version, in one step; returns how many people learn it now.

    Conflict while somebody sits a test, when the class is closed, and when it is not on the version `seen` any more.
    Ticks hang on permanent ids, so they stay; a test that was begun in this very moment stays on its own paper.
    """
    require(actor, CHANGE_VERSION)
    with unit_of_work("progress.move_class", actor, f"angkatan:{angkatan_id} version:{seen}>{version_id}") as uow:
        require(actor, CHANGE_VERSION, enrolment.angkatan(angkatan_id))
        moved = enrolment.learn_newer(actor, angkatan_id, seen, version_id)
        card, version = enrolment.angkatan(angkatan_id), catalogue.version(version_id)
        learning = _learning(enrolment.members(angkatan_id))
        if running := len(assessment.tests_until([member.id for member in learning])):
            raise Conflict(counted("%(n)s orang sedang mengerjakan tes. Pindahkan setelah tesnya selesai.", running))
        for person_id in moved:
            uow.notify(person_id, MOVED, f"/belajar/{card.course}", angkatan=card.name, number=version.number)
        uow.enqueue(FOLLOW, angkatan_id=angkatan_id)
        return len(moved)


def follow(angkatan_id: int) -> None:
    """The job after a move: the post-test opens to who has read all that is asked now, and ladders are worked out anew.

    Each person in a transaction of its own, and one that fails keeps no other waiting; done twice it says the same.
    """
    card = enrolment.angkatan(angkatan_id)
    asked = len(catalogue.required_steps(card.version_id))
    learning = _learning(enrolment.members(angkatan_id))
    read = delivery.done_in_each([member.person_id for member in learning], card.course, [card.version_id])

    def follow_one(member: EnrolmentCard) -> None:
        with unit_of_work(FOLLOW, subject=f"enrolment:{member.id}"):
            if read[member.person_id][0] == asked:
                note_reading(member.id)
            refresh(member.person_id, card.course, card.version_id)

    turns.each("a member could not follow", [(f"enrolment:{one.id}", partial(follow_one, one)) for one in learning])
