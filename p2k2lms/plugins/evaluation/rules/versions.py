"""What a change of an instrument does to its trend lines (classes K0 to K4 of the evaluation design)."""

from collections.abc import Iterable
from typing import Any

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values import InstrumentDef, Question
from p2k2lms.plugins.evaluation.values import ItemChange

ORDER = ("", "K0", "K1", "K2", "K3", "K4")
WORDING = ("ask", "hint", "least_label", "most_label")
OF_NO_WEIGHT = ("indicator", "shows", "about", "prefill", "odd_below", "odd_above", "unit")
JOINED, MARKED, BROKEN = "tersambung", "bertanda", "putus"
LEAST_REPLIES = 5  # of a try-out, before an instrument that measures something new is used


def changes(old: InstrumentDef, new: InstrumentDef, typo: bool = False) -> list[ItemChange]:
    """What became of each question; wording alone is K1, or K0 when its author says that it was a slip of the pen."""
    before = {question.code: question for question in old.questions}
    after = {question.code: question for question in new.questions}
    found = [ItemChange(code, "K4", _("butir dihapus")) for code in before if code not in after]
    for code, question in after.items():
        if code not in before:
            found.append(ItemChange(code, "K4", _("butir baru")))
        elif change := _change(before[code], question, typo):
            found.append(change)
    return found


def _change(old: Question, new: Question, typo: bool) -> ItemChange | None:
    if old.kind != new.kind:
        return ItemChange(new.code, "K3", _("jenis pertanyaan berubah"))
    was, now = (_plain(question) for question in (old, new))
    if was == now:
        return None
    if _codes(old) != _codes(new):
        kept = _codes(old) <= _codes(new)
        return ItemChange(new.code, "K2", _("pilihan ditambah") if kept else _("pilihan dihapus atau diganti"))
    if _measure(was) != _measure(now):
        return ItemChange(new.code, "K3", _("skala, masa, batas, atau syarat berubah"))
    return ItemChange(new.code, "K0" if typo else "K1", _("kata-kata berubah"))


def _plain(question: Question) -> dict[str, Any]:
    return {name: value for name, value in question.model_dump(mode="json").items() if name not in OF_NO_WEIGHT}


def _codes(question: Question) -> set[str]:
    return {f"r:{row.code}" for row in getattr(question, "rows", ())} | set(question.parts())


def _measure(plain: dict[str, Any]) -> dict[str, Any]:
    """A question without its wording: what is left decides what its numbers mean."""
    without = {name: value for name, value in plain.items() if name not in WORDING}
    for name in ("choices", "rows"):
        if name in without:
            without[name] = [(option["code"], option["value"]) for option in without[name]]
    return without


def worst(found: Iterable[ItemChange]) -> str:
    """The class of a whole version: that of its gravest change, "" where nothing changed."""
    return max((change.change_class for change in found), key=ORDER.index, default="")


def trend(found: Iterable[ItemChange], code: str) -> str:
    """Whether the line of a question goes on through this version: joined, with a mark, or broken."""
    its = worst(change for change in found if change.code == code)
    return BROKEN if its in {"K3", "K4"} else MARKED if its == "K2" else JOINED


def needs_try_out(change_class: str, number: int) -> bool:
    """True if a few people must try the version before it is used: a first one, or one that measures anew."""
    return number == 1 or change_class in {"K2", "K3", "K4"}
