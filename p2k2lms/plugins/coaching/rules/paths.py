"""When a meeting of a path may be signed, when a path is finished, and who is waited for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from p2k2lms.core.errors import Fault
from p2k2lms.core.i18n import _, lazy
from p2k2lms.plugins.coaching.values import Sheet, StageCard, StageDef, TemplateCard
from p2k2lms.plugins.coaching.values.words import COACH, GROUP_LEAST, GROUP_MOST, LEARNER, PUBLISHED

PATIENCE = 14  # days after which a koordinator is asked beside the supervisor
MOST_STAGES = 20


@dataclass(frozen=True)
class Waiting:
    """Nobody coaches a path: for how many days, and whose turn it is."""

    days: int
    whose: str  # supervisor or koordinator


def waiting(asked_on: date | None, has_supervisor: bool, today: date) -> Waiting | None:
    """Whom a path without a coach waits for; None while it does not wait, or waits from a later day on."""
    if asked_on is None or asked_on > today:
        return None
    days = (today - asked_on).days
    return Waiting(days, "koordinator" if is_koordinators(days, has_supervisor) else "supervisor")


def is_koordinators(days: int, has_supervisor: bool) -> bool:
    """It is the koordinator's turn to name a coach: after a while, and at once where nobody supervises."""
    return days >= PATIENCE or not has_supervisor


def lacking(stage: StageCard, sheets: Iterable[Sheet], side: str) -> tuple[str, ...]:
    """What is missing before this side may sign: "amatan_diri", "refleksi", "amatan"."""
    here = [sheet for sheet in sheets if sheet.sesi in stage.sesi]
    if side == LEARNER:
        rated = not stage.practice or any(sheet.own for sheet in here)
        told = ("" if rated else "amatan_diri", "" if stage.reflection else "refleksi")
        return tuple(word for word in told if word)
    watched = not stage.observed or any(not sheet.own for sheet in here)
    return () if watched else ("amatan",)


def is_finished(stages: Sequence[StageCard]) -> bool:
    """Every meeting is signed by both; a path without meetings is never finished."""
    return bool(stages) and all(stage.done for stage in stages)


def current(stages: Sequence[StageCard]) -> StageCard | None:
    """The first meeting that is not done."""
    return next((stage for stage in stages if not stage.done), None)


def next_to_watch(stages: Sequence[StageCard]) -> list[StageCard]:
    """The next two meetings in which somebody leads and is rated."""
    return [stage for stage in stages if not stage.done and (stage.practice or stage.observed)][:2]


def waits_for_other(stage: StageCard) -> bool:
    """The learner has done the own part: the coach's is missing."""
    return LEARNER in stage.signs and COACH not in stage.signs


def nearest(templates: Iterable[TemplateCard], home: str) -> list[TemplateCard]:
    """The templates for somebody at home here: of each name the newest of the nearest unit that offers one.

    The nearest unit's come first, whole paths first.
    """
    newest: dict[tuple[int, str], TemplateCard] = {}
    for template in templates:
        key = (template.unit_id, template.name)
        known = newest.get(key)
        if home.startswith(template.unit_path) and (known is None or known.number < template.number):
            newest[key] = template
    open_ones: dict[str, TemplateCard] = {}
    for template in sorted(newest.values(), key=lambda t: len(t.unit_path)):
        if not template.retired:
            open_ones[template.name] = template
    return sorted(open_ones.values(), key=lambda t: (-len(t.unit_path), t.modul != "", t.modul, t.name))


def others_may_approve(versions: Sequence[TemplateCard], person_id: int | None) -> bool:
    """True if this person wrote none of the versions, the newest first, that came after what is published."""
    since = takewhile(lambda card: card.state != PUBLISHED, versions)
    return all(card.author_id != person_id for card in since)


def difference(before: TemplateCard | None, after: TemplateCard) -> tuple[list[str], list[str]]:
    """The lines of a template that went, and those that came: one for each meeting, in words."""
    old, new = (lines(card) if card else [] for card in (before, after))
    return [line for line in old if line not in new], [line for line in new if line not in old]


def lines(card: TemplateCard) -> list[str]:
    """A template in words, one line for each meeting."""
    told = [_line(number, stage) for number, stage in enumerate(card.stages, 1)]
    return [*told, *([_("Tidak ditawarkan lagi")] if card.retired else [])]


def _line(number: int, stage: StageDef) -> str:
    said = [
        _("%(n)s. %(title)s", n=number, title=stage.title),
        ", ".join(stage.sesi),
        _("%(n)s menit", n=stage.minutes),
    ]
    said += [_("pendamping menilai diri")] if stage.practice else []
    said += [_("pembimbing mengamati")] if stage.observed else []
    return " · ".join(part for part in said if part)


def is_group(people: int) -> bool:
    """Neither too few nor too many to be coached as a group."""
    return GROUP_LEAST <= people <= GROUP_MOST


def faults_of(stages: Sequence[StageDef], known: Mapping[str, object]) -> list[Fault]:
    """What is wrong with the meetings of a template."""
    if not 1 <= len(stages) <= MOST_STAGES:
        return [Fault("", lazy("Jalur perlu 1 sampai %(most)s pertemuan.", most=MOST_STAGES))]
    lost = [sesi for stage in stages for sesi in stage.sesi if sesi not in known]
    faults = [Fault("", lazy("Sesi %(sesi)s tidak ada di kursus.", sesi=sesi)) for sesi in dict.fromkeys(lost)]
    if not any(stage.observed for stage in stages):
        faults.append(Fault("", lazy("Paling sedikit satu pertemuan perlu diamati pembimbing.")))
    return faults
