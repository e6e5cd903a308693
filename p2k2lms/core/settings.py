"""Settings of a unit: declared by plugins, chosen by an officer, inherited by the units below."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import bindparam, select

from p2k2lms.core.access import Actor
from p2k2lms.core.db import db
from p2k2lms.core.errors import Fault, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.core.models import SettingValue
from p2k2lms.core.questions import Ahead, Question
from p2k2lms.core.unit_of_work import unit_of_work

YES, NO = "ya", "tidak"


def _nothing_wrong(text: str) -> str:
    return ""


@dataclass(frozen=True)
class Setting:
    """One thing that a unit may choose; `kind` is text, number or yes/no, `label` a lazy string.

    `group`, a lazy string too, heads those that stand together. `check(text)` says what is wrong with a choice,
    or "": what cannot work is refused when it is chosen.
    """

    key: str
    default: str
    label: Any
    kind: str = "text"
    longest: int = 200
    group: Any = ""
    check: Callable[[str], str] = _nothing_wrong


def declared() -> Mapping[str, Setting]:
    """Every setting that the plugins declare, by key."""
    found: Mapping[str, Setting] = current_app.extensions["settings"]
    return found


def groups() -> list[tuple[str, list[Setting]]]:
    """The settings by the group that they stand in, those of none first."""
    found: dict[str, list[Setting]] = {"": []}
    for setting in declared().values():
        found.setdefault(str(setting.group), []).append(setting)
    return [(group, ones) for group, ones in found.items() if ones]


def value(key: str, lineage: tuple[int, ...]) -> str:
    """The choice of the nearest unit; `lineage` is the unit's id and its ancestors', nearest first."""
    return values((key,), lineage)[key]


def values(keys: Sequence[str], lineage: tuple[int, ...]) -> dict[str, str]:
    """The same for several keys at once."""
    rows = db.session.execute(
        select(SettingValue.key, SettingValue.unit_id, SettingValue.value).where(
            SettingValue.key.in_(keys), SettingValue.unit_id.in_(lineage)
        )
    )
    chosen = {(key, unit_id): text for key, unit_id, text in rows}
    return {
        key: next((chosen[key, unit] for unit in lineage if (key, unit) in chosen), declared()[key].default)
        for key in keys
    }


class Choice(NamedTuple):
    """What holds for a unit, and the unit that chose it; None for the default."""

    text: str
    unit_id: int | None = None


def in_force(lineage: tuple[int, ...]) -> dict[str, Choice]:
    """What holds for a unit, by key: its own choices, else those of the nearest unit above, else the defaults."""
    chosen = _chosen(lineage)
    nearest = {key: next((u for u in lineage if (u, key) in chosen), None) for key in declared()}
    return {key: Choice(chosen[u, key] if u else declared()[key].default, u) for key, u in nearest.items()}


def ahead(lineage: tuple[int, ...]) -> list[Ahead]:
    """What `in_force` reads, for a page that knows it will ask."""
    return [_chosen.ahead(lineage)]


@cache
def _choices() -> Any:
    wanted = select(SettingValue.unit_id, SettingValue.key, SettingValue.value)
    return wanted.where(SettingValue.unit_id.in_(bindparam("setting_units", expanding=True)))


def _by_unit(rows: Iterable[Any]) -> dict[tuple[int, str], str]:
    return {(unit_id, key): text for unit_id, key, text in rows}


_chosen = Question(lambda lineage: (_choices(), {"setting_units": lineage}), _by_unit)
"""The choices of these units, by unit and key."""


def of_unit(unit_id: int) -> dict[str, str]:
    """What this unit itself chose, by key."""
    rows = db.session.execute(select(SettingValue.key, SettingValue.value).where(SettingValue.unit_id == unit_id))
    return {key: text for key, text in rows}


def choose(actor: Actor, unit_id: int, key: str, text: str) -> None:
    """Set, or with an empty text give back to the unit above; the caller has checked who may."""
    for fault in faults({key: text}):
        raise Invalid(fault.message, key)
    with unit_of_work("core.change_setting", actor, f"unit:{unit_id}:{key}") as uow:
        row = db.session.scalar(select(SettingValue).where(SettingValue.unit_id == unit_id, SettingValue.key == key))
        if row is None and text:
            uow.add(SettingValue(unit_id=unit_id, key=key, value=text))
        elif row is not None and text:
            row.value = text
        elif row is not None:
            db.session.delete(row)


def faults(choices: Mapping[str, str]) -> list[Fault]:
    """All that is wrong with these choices, by key."""
    wrong = ((key, _wrong(declared().get(key), text)) for key, text in choices.items())
    return [Fault(key, message) for key, message in wrong if message]


def _wrong(setting: Setting | None, text: str) -> str:
    """What is wrong with this choice; nothing ever is with an empty one."""
    if setting is None:
        return _("Pengaturan ini tidak dikenal.")
    if not text:
        return ""
    if setting.kind == "number" and not (text.isascii() and text.isdigit()):
        return _("Isi dengan angka bulat.")
    if setting.kind == "yes/no" and text not in (YES, NO):
        return _("Pilih ya atau tidak.")
    if len(text) > setting.longest:
        return _("Paling panjang %(count)s huruf.", count=setting.longest)
    return setting.check(text)
