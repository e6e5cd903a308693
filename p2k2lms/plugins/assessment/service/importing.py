"""Question files into a course: a dry run that says what each question becomes, then the taking in."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from p2k2lms.core.access import SYSTEM, Actor, require
from p2k2lms.core.errors import Fault
from p2k2lms.plugins.assessment import formats, queries
from p2k2lms.plugins.assessment.formats import Found, Question, course
from p2k2lms.plugins.assessment.permissions import CHANGE_ITEM, LIST_ITEMS
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import Bank, BankItem, ItemChange

NEW, CHANGED, SAME, TRAY = FATES = ("new", "changed", "same", "tray")
_ID = re.compile(r"q-(?P<sesi>[a-z][a-z0-9]{0,19}-s\d{2})-(?P<number>\d{2,3})")


@dataclass(frozen=True)
class Arrival:
    """One question of a file: what becomes of it, and what it lacks for a place in a sesi."""

    place: str
    question: Question
    fate: str
    change: ItemChange | None = None
    lacks: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Delivery:
    """A file as it would be taken in."""

    course: str
    found: Found
    arrivals: tuple[Arrival, ...]

    @property
    def fates(self) -> Counter[str]:
        """How many become what."""
        return Counter(arrival.fate for arrival in self.arrivals)


def look(actor: Actor, course_id: str, found: Found) -> Delivery:
    """What these questions would become in this course; nothing is written.

    A question that names its objective, form and card, and lacks nothing, goes to its sesi: in the place of the
    item with its id, or as a new one. All others go to the tray of the course, where they are completed.
    """
    if actor is not SYSTEM:
        require(actor, LIST_ITEMS, course_id)
    bank = catalogue.bank(course_id)
    sorter = _Sorter(bank, taken_numbers(bank), found.format)
    return Delivery(course_id, found, tuple(sorter.arrival(*one) for one in found.questions))


def take_in(actor: Actor, delivery: Delivery) -> int:
    """Write what was looked at; returns how many items changed or came."""
    if actor is not SYSTEM:
        require(actor, CHANGE_ITEM, delivery.course)
    changes = [arrival.change for arrival in delivery.arrivals if arrival.change is not None]
    if changes:
        catalogue.change_items(actor, delivery.course, changes)
    return len(changes)


def import_file(actor: Actor, course_id: str, data: bytes, apply: bool) -> Delivery:
    """Read a file and look at it; with `apply` take it in too."""
    delivery = look(actor, course_id, formats.read(data))
    if apply:
        take_in(actor, delivery)
    return delivery


def taken_numbers(bank: Bank) -> dict[str, int]:
    """The highest number ever given in each sesi, by drafts and by what was frozen: none is used again."""
    highest: dict[str, int] = {}
    for item in (*(one.id for one in bank.items), *queries.frozen_ids(bank.sesi)):
        if named := _ID.fullmatch(item):
            highest[named["sesi"]] = max(highest.get(named["sesi"], 0), int(named["number"]))
    return highest


def next_id(taken: dict[str, int], sesi: str) -> str:
    """A new permanent id in this sesi."""
    taken[sesi] = taken.get(sesi, 0) + 1
    return f"q-{sesi}-{taken[sesi]:02}"


class _Sorter:
    """Says of each question, in its order, where it goes; knows what came before it in the same file."""

    def __init__(self, bank: Bank, taken: dict[str, int], format: str) -> None:
        self._bank, self._taken = bank, taken
        self._writer = next((one for one in formats.WRITERS.values() if one.name.startswith(format)), None)
        self._by_id = {item.id: item for item in bank.items if item.id and item.sesi}
        self._said = {_said(item.data) for item in bank.items}

    def arrival(self, place: str, question: Question) -> Arrival:
        data = course.data_of(question)
        here = self._by_id.get(str(data.get("id", "")))
        if here is not None and self._writer is not None and self._writer.loses(course.question_of(here.data)):
            data = _with_reasons(here.data, data)
        if here is not None and _plain(here.data) == _plain(data):
            return Arrival(place, question, SAME)
        if here is None and _said(data) in self._said:
            return Arrival(place, question, SAME)
        self._said.add(_said(data))
        faults = (*course.lacks(data), *points_nowhere(self._bank, data))
        if faults:
            change = ItemChange("", course.arrived(question))
            return Arrival(place, question, TRAY, change, faults)
        return self._placed(place, question, data, here)

    def _placed(self, place: str, question: Question, data: dict[str, Any], here: BankItem | None) -> Arrival:
        sesi = self._bank.sesi_of(str(data["objective"]))
        assert sesi is not None, "a question without a sesi goes to the tray"
        if here is not None and here.sesi == sesi.id:
            return Arrival(place, question, CHANGED, ItemChange(sesi.id, data, here.mark))
        named = {"id": next_id(self._taken, sesi.id)}
        return Arrival(place, question, NEW, ItemChange(sesi.id, named | {k: v for k, v in data.items() if k != "id"}))


def points_nowhere(bank: Bank, data: Mapping[str, Any]) -> Iterable[Fault]:
    """Faults of what an item points to: an objective and a card of one sesi of its course."""
    objective, reread = str(data.get("objective", "")), str(data.get("reread", ""))
    sesi = bank.sesi_of(objective)
    if objective and sesi is None:
        yield Fault("objective", course.no_such_objective(objective))
    elif sesi is not None and reread and reread not in sesi.steps:
        yield Fault("reread", course.no_such_step(reread))


def _with_reasons(here: Mapping[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """What came, with what its format cannot carry as it stands here: reasons of pairs and of typed answers, the case.

    Where the file brings a reason itself, it says all of them.
    """
    told = dict(data)
    for name in ("pairs", "accepted"):
        came = data.get(name) or []
        if not any(one.get("why") for one in came):
            reasons = {_without_reason(one): one["why"] for one in here.get(name) or [] if one.get("why")}
            told |= {name: [one | _reason_in(reasons, one) for one in came]} if reasons and came else {}
    if here.get("exact_case") and data.get("kind") == here.get("kind"):
        told["exact_case"] = True
    return told


def _without_reason(one: Mapping[str, Any]) -> str:
    return repr(sorted((name, value) for name, value in one.items() if name != "why"))


def _reason_in(reasons: Mapping[str, str], one: Mapping[str, Any]) -> dict[str, str]:
    found = reasons.get(_without_reason(one))
    return {"why": found} if found else {}


def _plain(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """An item without what says nothing: empty fields, and the breaks at its ends."""
    return course.data_of(course.question_of(data))


def _said(data: Mapping[str, Any]) -> str:
    """All that an item says, whatever its id and place."""
    plain = _plain(data)
    return repr({name: value for name, value in plain.items() if name not in ("id", "objective", "form", "reread")})
