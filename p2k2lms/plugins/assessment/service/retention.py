"""The check of memory: opened by itself 30 and 90 days after a post-test, and what a class still knows by then."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import partial

from p2k2lms.core import clock, turns
from p2k2lms.core.turns import Piece
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.models import Attempt, PingOpening
from p2k2lms.plugins.assessment.rules import retention
from p2k2lms.plugins.assessment.rules import score as marking
from p2k2lms.plugins.assessment.service import frozen
from p2k2lms.plugins.assessment.values import Mark
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import service as enrolments
from p2k2lms.plugins.enrolment.values import STOPPED, EnrolmentCard
from p2k2lms.plugins.identity import service as identity

NIGHTLY = "assessment.open_pings"
FAILING = "a round could not be opened"


def open_rounds() -> None:
    """Job: open the rounds that are due, and say so; who has left the class or the path is not asked.

    Each class, and each path, is a transaction of its own, so none holds a writer long. One that fails, or a round
    that cannot be looked up, keeps no other waiting: the rest have their turn, then the job fails and is tried again.
    """
    turns.each(FAILING, [(f"round:{number}", partial(_open_round, number)) for number in retention.DAYS])


def _open_round(number: int) -> None:
    days = retention.ended_between(clock.today(), number)
    pieces: list[Piece] = []
    for (angkatan_id, path_id), members in _classes(queries.ended_posts(*days, number)).items():
        subject = f"round:{number} angkatan:{angkatan_id} path:{path_id}"
        pieces.append((subject, partial(_open_one, subject, number, days, members)))
    turns.each(FAILING, pieces)


def _open_one(subject: str, number: int, days: tuple[date, date], members: Sequence[int]) -> None:
    with unit_of_work(NIGHTLY, subject=subject) as uow:
        _open(uow, number, queries.ended_posts(*days, number, members))


def _classes(ended: Sequence[queries.Ended]) -> dict[tuple[int | None, int | None], list[int]]:
    """The enrolments of who stayed, by their class or their path."""
    found: dict[tuple[int | None, int | None], list[int]] = defaultdict(list)
    for card in _cards(ended).values():
        found[card.angkatan_id, card.path_id].append(card.id)
    return found


def _cards(ended: Sequence[queries.Ended]) -> dict[int, EnrolmentCard]:
    """Where each of these sat the post-test, without who has left."""
    wanted = {post.enrolment_id for post in ended}
    cards = enrolments.enrolments_of_people([post.person_id for post in ended])
    return {card.id: card for card in cards if card.id in wanted and card.state != STOPPED}


def _open(uow: UnitOfWork, number: int, ended: Sequence[queries.Ended]) -> None:
    stayed, zones = _cards(ended), identity.zones_of({post.person_id for post in ended})
    for post in ended:
        if post.enrolment_id in stayed:
            closes = retention.closes(clock.on_day(post.finished_at, zones[post.person_id]), number)
            row = {"enrolment_id": post.enrolment_id, "number": number, "post_id": post.attempt_id}
            uow.add(PingOpening(**row, closes_on=closes))
            uow.notify(post.person_id, "assessment.ping_open", "/tes", days=retention.DAYS[number])


def score_then(ping: Attempt) -> Mark | None:
    """What the same person earned in the post-test with the very questions of a ping; None if it shares none."""
    post = queries.post_before(ping.enrolment_id, ping.number)
    if post is None:
        return None
    again = {row.item_version_id for row, _item in frozen.paper_of(ping)}
    shared = [(item, row.value) for row, item in frozen.paper_of(post) if row.item_version_id in again]
    return marking.mark(shared) if shared else None


def class_rounds(version_id: int, enrolment_ids: Sequence[int]) -> tuple[retention.Round, ...]:
    """What is left of the knowledge of these members, for each round that was opened for somebody."""
    rows = queries.asked_again(enrolment_ids)
    items = frozen.items({row.item for row in rows if row.item})
    texts = catalogue.objectives(version_id)
    opened: dict[int, set[int]] = defaultdict(set)
    asked: dict[int, list[retention.Asked]] = defaultdict(list)
    for row in rows:
        opened[row.number].add(row.enrolment_id)
        if row.item and _in_time(row):
            item = items[row.item]
            marks = (marking.points_of(item, row.then), marking.points_of(item, row.now))
            objective = texts.get(item.objective, item.objective)
            asked[row.number].append(retention.Asked(row.enrolment_id, objective, *marks))
    return tuple(retention.of_class(number, len(who), asked[number]) for number, who in sorted(opened.items()))


def _in_time(row: queries.Asked) -> bool:
    """True if the round was answered by its last day where the person works."""
    return row.finished_at is not None and clock.on_day(row.finished_at, row.zone or clock.HOME) <= row.closes_on
