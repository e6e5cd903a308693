"""Synthetic tests: sat by whom enrolment says; on average people know more afterwards, and less of it later."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.errors import DomainError
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.kinds import kind_of
from p2k2lms.plugins.assessment.models import Attempt, FormDraw, GivenAnswer, PingOpening, PostOpening, Score
from p2k2lms.plugins.assessment.rules import draw, retention, score
from p2k2lms.plugins.assessment.service import bank
from p2k2lms.plugins.assessment.values import ALONE, EXAMS, IN_CLASS, PING, POST, PRE, Answer, Item
from p2k2lms.plugins.enrolment import service as enrolments
from p2k2lms.plugins.enrolment.values import AngkatanCard, EnrolmentCard
from p2k2lms.plugins.identity import service as identity

KNOWN, LEARNED, FADED, SPREAD = 0.52, 0.32, 0.08, 0.1
"""The true effect: how likely an item is right before, how much more after, less with each ping; how people differ."""

REMEMBER = 0.9  # of those who were asked


@dataclass(frozen=True)
class Key:
    """An item of a form with one right and one wrong answer to it."""

    item_version_id: int
    item: Item
    right: Answer
    wrong: Answer


def load(scale: str, seed: int) -> None:
    """Tests of the members of every class; called again, it adds only for people who have sat nothing."""
    spared = {person.id for person in identity.find_people(["pendamping"]).values()}
    for angkatan in enrolments.all_classes():
        with unit_of_work("assessment.load_demo", subject=f"angkatan:{angkatan.id}:{scale}"):
            members = [m for m in enrolments.members(angkatan.id) if m.person_id not in spared]
            sat = queries.have_sat([m.id for m in members])
            new = [m for m in members if m.id not in sat]
            if new:
                _fill(angkatan, new, seed)


def _fill(angkatan: AngkatanCard, members: Sequence[EnrolmentCard], seed: int) -> None:
    try:
        forms = {name: bank.sealed_form(members[0], name) for name in draw.ORDERS[0]}
    except DomainError:
        return  # the course has no test
    pings = {number: bank.form_of(members[0], PING, number).id for number in retention.DAYS}
    sheets = [*(form.id for form in forms.values()), *pings.values()]
    keys = {sheet: [_key(row) for row in queries.paper(sheet)] for sheet in sheets}
    orders = _draw(angkatan.id, [m.person_id for m in members])
    attempts, asked = [], []
    for member in members:
        chance = random.Random(f"{seed}:tes:{member.person_id}")  # noqa: S311 - data, not secrets
        way = enrolments.demo_way(angkatan, member.person_id, seed)
        for purpose, sat, at in ((PRE, way.pre, way.began), (POST, way.post, way.ended)):
            if sat:
                form = forms[draw.form_for(orders[member.person_id], purpose == PRE, 1)]
                attempts.append(_attempt(member, purpose, form.id, at, chance) | {"place": _place(angkatan, purpose)})
        if way.post:
            attempts += _pings(member, way.ended, pings, chance)
            asked += [(member.id, number, way.ended) for number in retention.DAYS if _is_due(way.ended, number)]
    queries.insert_many(Attempt, attempts)
    opened = [
        {"enrolment_id": a["enrolment_id"], "opened_at": a["started_at"]} for a in attempts if a["purpose"] == POST
    ]
    queries.insert_many(PostOpening, opened)
    ids = queries.attempt_ids([member.id for member in members])
    queries.insert_many(PingOpening, [_opening(*one, ids) for one in asked])
    _answer(angkatan.version_id, attempts, ids, keys, seed)


def _pings(
    member: EnrolmentCard, ended: datetime, forms: dict[int, int], chance: random.Random
) -> list[dict[str, Any]]:
    """The checks of memory whose days have come, of most people, some days after they opened."""
    found = []
    for number, days in retention.DAYS.items():
        at = ended + timedelta(days=days, hours=chance.randrange(96))
        if at < clock.now() and chance.random() < REMEMBER:
            row = _attempt(member, PING, forms[number], at, chance)
            found.append(row | {"number": number, "deadline": None, "finished_at": at + timedelta(minutes=2)})
    return found


def _is_due(ended: datetime, number: int) -> bool:
    return retention.opens(clock.on_day(ended, clock.HOME), number) <= clock.today()


def _opening(enrolment_id: int, number: int, ended: datetime, ids: dict[tuple[int, str, int], int]) -> dict[str, Any]:
    closes = retention.closes(clock.on_day(ended, clock.HOME), number)
    return {
        "enrolment_id": enrolment_id,
        "number": number,
        "post_id": ids[enrolment_id, POST, 1],
        "closes_on": closes,
    }


def _draw(angkatan_id: int, person_ids: Sequence[int]) -> dict[int, str]:
    known = queries.orders(angkatan_id)
    position = queries.next_position(angkatan_id)
    new = [person for person in person_ids if person not in known]
    rows = [bank.drawn(person, angkatan_id, position + n) for n, person in enumerate(new)]
    queries.insert_many(FormDraw, rows)
    return known | {row["person_id"]: row["form_order"] for row in rows}


def _key(row: Any) -> Key:
    item = Item.thawed(row.body)
    kind = kind_of(item)
    right: Answer = kind.read(item, item.key)
    return Key(row.item_version_id, item, right, _wrong(item, right))


def _wrong(item: Item, right: Answer) -> Answer:
    """An answer of the same form that earns less than all."""
    ids = [choice.id for choice in item.choices]
    tries: Iterable[Any] = (
        *ids,
        *([one] for one in ids if isinstance(item.key, list) and one not in item.key),
        ids[:1],
        {item.choices[0].id: item.targets[-1].id} if item.targets else None,
        {item.choices[0].id: 1},
    )
    for guess in tries:
        try:
            answer = kind_of(item).read(item, guess)
        except DomainError:
            continue
        if answer is not None and score.points_of(item, answer) < score.WHOLE:
            return answer
    return None


def _attempt(
    member: EnrolmentCard, purpose: str, form_id: int, started: datetime, chance: random.Random
) -> dict[str, Any]:
    return {
        "person_id": member.person_id,
        "enrolment_id": member.id,
        "form_id": form_id,
        "purpose": purpose,
        "number": 1,
        "started_at": started,
        "deadline": started + timedelta(minutes=45),
        "finished_at": started + timedelta(minutes=12 + chance.randrange(30)),
        "seed": chance.randrange(2**31),
        "place": ALONE,
    }


def _place(angkatan: AngkatanCard, purpose: str) -> str:
    """In a mixed class the test before is sat in its online phase."""
    in_class = {"luring": EXAMS, "campuran": (POST,)}.get(angkatan.mode, ())
    return IN_CLASS if purpose in in_class else ALONE


def _answer(
    version_id: int,
    attempts: Sequence[dict[str, Any]],
    ids: dict[tuple[int, str, int], int],
    keys: dict[int, list[Key]],
    seed: int,
) -> None:
    answers, scores = [], []
    for attempt in attempts:
        attempt_id = ids[attempt["enrolment_id"], attempt["purpose"], attempt["number"]]
        which = attempt["purpose"] if attempt["number"] == 1 else f"{attempt['purpose']}:{attempt['number']}"
        chance = random.Random(f"{seed}:jawab:{attempt['person_id']}:{which}")  # noqa: S311
        knows = random.Random(f"{seed}:{attempt['person_id']}").gauss(KNOWN, SPREAD)  # noqa: S311
        knows += {PRE: 0.0, POST: LEARNED, PING: LEARNED - FADED * attempt["number"]}[attempt["purpose"]]
        given = [(key, key.right if chance.random() < knows else key.wrong) for key in keys[attempt["form_id"]]]
        answers += [_given(attempt_id, attempt["finished_at"], *one) for one in given]
        scores.append(_score(attempt_id, version_id, attempt["finished_at"], given))
    queries.insert_many(GivenAnswer, answers)
    queries.insert_many(Score, scores)


def _given(attempt_id: int, at: datetime, key: Key, value: Answer) -> dict[str, Any]:
    whole = kind_of(key.item).is_whole(key.item, value)
    row = {"attempt_id": attempt_id, "item_version_id": key.item_version_id, "device": "demo", "seq": 1}
    return {**row, "value": value, "whole": whole, "doubtful": False, "saved_at": at}


def _score(attempt_id: int, version_id: int, at: datetime, given: Sequence[tuple[Key, Answer]]) -> dict[str, Any]:
    mark = score.mark((key.item, value) for key, value in given)
    row = {"attempt_id": attempt_id, "key_version_id": version_id, "made_at": at, "mended": {}}
    objectives = {name: list(pair) for name, pair in mark.objectives.items()}
    return {**row, "points": mark.points, "max_points": mark.max, "objectives": objectives}
