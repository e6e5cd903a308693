"""The check of memory: opened by itself 30 and 90 days after a post-test, and what a class still knows by then."""

from collections import defaultdict
from collections.abc import Sequence

from p2k2lms.core import clock
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.models import Attempt, PingOpening
from p2k2lms.plugins.assessment.rules import retention
from p2k2lms.plugins.assessment.rules import score as marking
from p2k2lms.plugins.assessment.service import frozen
from p2k2lms.plugins.assessment.values import Mark
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import service as enrolments
from p2k2lms.plugins.enrolment.values import STOPPED

NIGHTLY = "assessment.open_pings"


def open_rounds() -> None:
    """Job: open the rounds that are due, and say so; who has left the class or the path is not asked."""
    today = clock.today()
    for number, days in retention.DAYS.items():
        with unit_of_work("assessment.open_pings", subject=f"round:{number}") as uow:
            ended = queries.ended_posts(*retention.ended_between(today, number), number)
            cards = {card.id: card for card in enrolments.enrolments_of_people([post.person_id for post in ended])}
            for post in ended:
                card = cards[post.enrolment_id]
                if card.state != STOPPED:
                    closes = retention.closes(clock.on_day(post.finished_at, clock.HOME), number)
                    row = {"enrolment_id": card.id, "number": number, "post_id": post.attempt_id, "closes_on": closes}
                    uow.add(PingOpening(**row))
                    uow.notify(card.person_id, "assessment.ping_open", "/tes", days=days)


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
        if row.item and row.finished_at and clock.on_day(row.finished_at, clock.HOME) <= row.closes_on:
            item = items[row.item]
            marks = (marking.points_of(item, row.then), marking.points_of(item, row.now))
            objective = texts.get(item.objective, item.objective)
            asked[row.number].append(retention.Asked(row.enrolment_id, objective, *marks))
    return tuple(retention.of_class(number, len(who), asked[number]) for number, who in sorted(opened.items()))
