"""The items of a course for their authors: the list, one item with its preview and hints, saving and removing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Fault, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment.formats import course
from p2k2lms.plugins.assessment.kinds import KINDS
from p2k2lms.plugins.assessment.permissions import CHANGE_ITEM, LIST_ITEMS
from p2k2lms.plugins.assessment.rules import writing
from p2k2lms.plugins.assessment.service.importing import next_id, points_nowhere, taken_numbers
from p2k2lms.plugins.assessment.values import Item, Paper
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import KINDS as WRITTEN
from p2k2lms.plugins.catalogue.values import Bank, BankItem, ItemChange

PREVIEW_SEED = 7


@dataclass(frozen=True)
class Draft:
    """An item as it stands on the page: what it lacks, how it is asked, what strikes its reader."""

    data: Mapping[str, Any]
    lacks: tuple[Fault, ...]
    item: Item | None
    hints: tuple[writing.Hint, ...]

    @property
    def paper(self) -> Paper | None:
        """How it is asked; None while it lacks something."""
        return KINDS[self.item.kind].paper(self.item, PREVIEW_SEED) if self.item else None

    @property
    def verdicts(self) -> Any:
        """What its review says to who leaves it empty."""
        return KINDS[self.item.kind].review(self.item, None) if self.item else ()


def courses_with_items(actor: Actor) -> dict[str, str]:
    """The courses that have drafts: titles by id."""
    require(actor, LIST_ITEMS)
    return catalogue.drafted_courses()


def bank_of(actor: Actor, course_id: str, sesi: str = "") -> Bank:
    """The items of a course, or of one sesi, with what has just arrived."""
    require(actor, LIST_ITEMS, course_id)
    return catalogue.bank(course_id, sesi)


def item_in(bank: Bank, name: str) -> BankItem:
    """An item by its permanent id, or by its mark while it has none."""
    found = next(
        (item for item in bank.items if name in (item.id, item.mark) and (item.sesi or name == item.mark)), None
    )
    if found is None:
        raise NotFound(f"item {name}")
    return found


def judged(bank: Bank, data: Mapping[str, Any], old: str = "") -> Draft:
    """What can be said of an item before it is saved."""
    unsaid = _unsaid(data)
    told = {fault.field for fault in unsaid}
    general = (fault for fault in course.lacks(data) if fault.field not in told)
    lacks = (*unsaid, *general, *points_nowhere(bank, data))
    item = None
    if not course.lacks(_placed(data)):
        whole = {name: value for name, value in _placed(data).items() if name not in course.ALIEN}
        item = KINDS[whole["kind"]].freeze(WRITTEN[whole["kind"]].model_validate(whole))
    return Draft(data, lacks, item, tuple(_hints(bank, data, old)))


def _placed(data: Mapping[str, Any]) -> dict[str, Any]:
    """The item as if it had a place already: its preview does not wait for one."""
    somewhere = {"id": "q-x-s01-01", "objective": "x-s01-t1", "form": "cek", "reread": "x-s01-l01"}
    return somewhere | {name: value for name, value in data.items() if value != ""}


def _unsaid(data: Mapping[str, Any]) -> list[Fault]:
    """Reasons that are asked for in words of their own, before the general ones."""
    return [] if str(data.get("stem", "")).strip() else [Fault("stem", _("Tulis soalnya."))]


def _hints(bank: Bank, data: Mapping[str, Any], old: str) -> list[writing.Hint]:
    question = course.question_of(data)
    choices = [writing.Choice(option.text, option.right, option.why) for option in question.options]
    sesi = bank.sesi_of(str(data.get("objective", "")))
    others = [
        one
        for one in bank.items
        if sesi and one.sesi == sesi.id and one.mark != old and one.data.get("kind") == "single"
    ]
    keys = [n for one in others for n, option in enumerate(course.question_of(one.data).options) if option.right]
    return writing.hints(
        question.stem, choices if question.kind != "truefalse" else [], keys if question.kind == "single" else []
    )


def save_item(actor: Actor, course_id: str, data: Mapping[str, Any], old: str = "") -> str:
    """Write an item into the sesi of its objective; returns its permanent id. `old` is the mark of what it replaces.

    Invalid with the fault of each field; Conflict when somebody else was quicker: the text that stands now is kept.
    """
    require(actor, CHANGE_ITEM, course_id)
    bank = catalogue.bank(course_id)
    before = next((item for item in bank.items if item.mark == old), None) if old else None
    if old and before is None:
        raise Conflict(_("Soal ini sudah diubah orang lain. Isian Anda masih ada di bawah."))
    lacks = judged(bank, data, old).lacks
    if lacks:
        raise Invalid(_("Soal ini belum lengkap. Isian Anda masih ada di bawah."), faults=lacks)
    sesi = bank.sesi_of(str(data["objective"]))
    assert sesi is not None, "an item that points nowhere was refused"
    stays = before is not None and before.sesi == sesi.id
    name = before.id if before is not None and stays else next_id(taken_numbers(bank), sesi.id)
    whole = {"id": name} | {key: value for key, value in data.items() if key not in ("id", *course.ALIEN)}
    changes = [ItemChange(sesi.id, whole, old if stays else "")]
    if before is not None and not stays:
        changes.append(ItemChange(before.sesi, None, old))
    catalogue.change_items(actor, course_id, changes)
    return name


def remove_item(actor: Actor, course_id: str, old: str) -> None:
    """Take an item out of the drafts; what was frozen of it stays."""
    require(actor, CHANGE_ITEM, course_id)
    item = item_in(catalogue.bank(course_id), old)
    catalogue.change_items(actor, course_id, [ItemChange(item.sesi, None, item.mark)])
