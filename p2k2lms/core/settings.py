"""Settings of a unit: declared by plugins, chosen by an officer, inherited by the units below."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import select

from p2k2lms.core.access import Actor
from p2k2lms.core.db import db
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.core.models import SettingValue
from p2k2lms.core.unit_of_work import unit_of_work

YES, NO = "ya", "tidak"


def _nothing_wrong(text: str) -> str:
    return ""


@dataclass(frozen=True)
class Setting:
    """One thing that a unit may choose; `kind` is text, number or yes/no, `label` a lazy string.

    `check(text)` says what is wrong with a choice, or "": what cannot work is refused when it is chosen.
    """

    key: str
    default: str
    label: Any
    kind: str = "text"
    longest: int = 200
    check: Callable[[str], str] = _nothing_wrong


def declared() -> Mapping[str, Setting]:
    """Every setting that the plugins declare, by key."""
    found: Mapping[str, Setting] = current_app.extensions["settings"]
    return found


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


def in_force(lineage: tuple[int, ...]) -> dict[str, str]:
    """What holds for a unit, by key: its own choices, else those of the nearest unit above, else the defaults."""
    rows = db.session.execute(
        select(SettingValue.unit_id, SettingValue.key, SettingValue.value).where(SettingValue.unit_id.in_(lineage))
    )
    chosen = {(unit_id, key): text for unit_id, key, text in rows}
    nearest = {key: next((u for u in lineage if (u, key) in chosen), None) for key in declared()}
    return {key: chosen[unit, key] if unit else declared()[key].default for key, unit in nearest.items()}


def of_unit(unit_id: int) -> dict[str, str]:
    """What this unit itself chose, by key."""
    rows = db.session.execute(select(SettingValue.key, SettingValue.value).where(SettingValue.unit_id == unit_id))
    return {key: text for key, text in rows}


def choose(actor: Actor, unit_id: int, key: str, text: str) -> None:
    """Set, or with an empty text give back to the unit above; the caller has checked who may."""
    setting = declared().get(key)
    if setting is None:
        raise Invalid(_("Pengaturan ini tidak dikenal."), key)
    if wrong := _wrong(setting, text):
        raise Invalid(wrong, key)
    with unit_of_work("core.change_setting", actor, f"unit:{unit_id}:{key}") as uow:
        row = db.session.scalar(select(SettingValue).where(SettingValue.unit_id == unit_id, SettingValue.key == key))
        if row is None and text:
            uow.add(SettingValue(unit_id=unit_id, key=key, value=text))
        elif row is not None and text:
            row.value = text
        elif row is not None:
            db.session.delete(row)


def _wrong(setting: Setting, text: str) -> str:
    """What is wrong with this choice; nothing ever is with an empty one."""
    if not text:
        return ""
    if setting.kind == "number" and not (text.isascii() and text.isdigit()):
        return _("Isi dengan angka bulat.")
    if setting.kind == "yes/no" and text not in (YES, NO):
        return _("Pilih ya atau tidak.")
    if len(text) > setting.longest:
        return _("Paling panjang %(count)s huruf.", count=setting.longest)
    return setting.check(text)
