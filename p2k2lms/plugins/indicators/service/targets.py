"""The targets of indicators: each has its own, and a unit may set another for itself and what lies below."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from p2k2lms.core import settings
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.indicators import Indicator
from p2k2lms.core.settings import Setting

LONGEST, WHOLE = 5, 100


class Target(NamedTuple):
    """What is aimed at, and the unit that set it; None for the indicator's own."""

    value: int | None
    unit_id: int | None = None


def key_of(indicator: str) -> str:
    """What the setting of an indicator's target is called."""
    return f"target.{indicator}"


def targets(wanted: Iterable[Indicator], lineage: tuple[int, ...]) -> dict[str, Target]:
    """The target of each indicator in a unit, by its id: of the nearest unit that set one, else its own."""
    chosen = settings.in_force(lineage)
    return {one.id: _target(one, chosen) for one in wanted}


def _target(one: Indicator, chosen: Mapping[str, settings.Choice]) -> Target:
    held = chosen.get(key_of(one.id))
    return Target(int(held.text), held.unit_id) if held and held.unit_id else Target(one.target)


def as_settings(every: Iterable[Indicator]) -> dict[str, Setting]:
    """A setting for each indicator of which a unit may set the target, by key."""
    aimed = filter(has_target, sorted(every, key=lambda one: one.id))
    return {made.key: made for made in map(_setting, aimed)}


def has_target(one: Indicator) -> bool:
    """True if a unit may set a target: for what is counted and has a better side."""
    return one.rilis == 1 and one.direction != "none"


def _setting(one: Indicator) -> Setting:
    return Setting(
        key_of(one.id),
        "" if one.target is None else str(one.target),
        _label(one),
        "number",
        LONGEST,
        lazy("Sasaran indikator"),
        _check_of(one),
    )


def _label(one: Indicator) -> Any:
    if one.measure == "percent":
        return lazy("%(id)s %(name)s, dalam persen", id=one.id, name=one.name)
    return lazy("%(id)s %(name)s", id=one.id, name=one.name)


def _check_of(one: Indicator) -> Callable[[str], str]:
    def check(text: str) -> str:
        too_much = one.measure == "percent" and int(text) > WHOLE
        return _("Paling besar %(n)s.", n=WHOLE) if too_much else ""

    return check
