"""One question over time, and over the versions of its instrument."""

from dataclasses import dataclass
from typing import Any

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.catalogue.values import Question
from p2k2lms.plugins.evaluation.permissions import READ_WAVE
from p2k2lms.plugins.evaluation.queries import instruments as read_versions
from p2k2lms.plugins.evaluation.queries import trends as read
from p2k2lms.plugins.evaluation.rules import trends as rules
from p2k2lms.plugins.evaluation.rules.trends import Figure, Point
from p2k2lms.plugins.evaluation.service.instruments import card
from p2k2lms.plugins.evaluation.service.wave_data import APPLYING, CASELOAD
from p2k2lms.plugins.evaluation.values import VersionCard, wave_title


@dataclass(frozen=True)
class TrendPage:
    """The line of a question through the waves of one kind and place, and the kinds that there are."""

    newest: VersionCard
    question: Question
    kinds: list[str]
    kind: str
    points: list[Point]
    percent: bool


def trend_page(actor: Actor, code: str, question: str, kind: str = "") -> TrendPage:
    """The line of one question in the actor's waves: those of one kind, for others ask other people.

    NotFound for a question that is no figure, or that no version has.
    """
    require(actor, READ_WAVE)
    versions = [card(row) for row in read_versions.versions_of(code)]
    asked = [found for version in versions for found in version.instrument.questions if found.code == question]
    if not asked or not rules.has_line(asked[0]):
        raise NotFound("question")
    rows = _rows(actor, code, asked[0])
    kinds = sorted({row[1] for row in rows})
    chosen = kind if kind in kinds else next(iter(sorted(kinds, key=lambda k: -sum(row[1] == k for row in rows))), "")
    percent = bool(getattr(asked[0], "top", ())) or question == APPLYING
    share = percent and question != APPLYING
    figures = rules.shown(
        Figure(row[0], wave_title(row), row[5], row[6], row[7], row[9], float(row[10] or 0), float(row[11] or 0), share)
        for row in rows
        if row[1] == chosen
    )
    known = {version.id: version.instrument for version in versions}
    broken = rules.breaks(question, figures, known)
    bridges = {pair: read.both(question, *pair) for pair in broken}
    points = rules.line(question, figures, known, lambda a, b: bridges.get((a, b), 0))
    return TrendPage(versions[0], asked[0], kinds, chosen, points, percent)


def _rows(actor: Actor, code: str, question: Question) -> list[Any]:
    paths = actor.paths("evaluator")
    if question.code == APPLYING:
        return read.shares(code, question.code, CASELOAD, paths)
    top = getattr(question, "top", ())
    return read.yes(code, question.code, paths, top) if top else read.numbers(code, question.code, paths)
