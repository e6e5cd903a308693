"""The clinic of a class: which items of its post-test need mending, judged on all classes that sat the same items."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from p2k2lms.core import questions
from p2k2lms.core.access import Actor, require
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.kinds import KINDS
from p2k2lms.plugins.assessment.permissions import READ_ANSWERS
from p2k2lms.plugins.assessment.rules import clinic
from p2k2lms.plugins.assessment.rules.score import points_of
from p2k2lms.plugins.assessment.values import Item
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import ItemDef
from p2k2lms.plugins.enrolment import service as enrolments
from p2k2lms.plugins.enrolment.values import AngkatanCard


@dataclass(frozen=True)
class Case:
    """One item to mend; `mended` says that the newest version has another key or other options already."""

    item: Item
    figures: clinic.Figures
    mended: bool


@dataclass(frozen=True)
class Clinic:
    """What was found: `papers` post-tests of all classes were read, `judged` items."""

    angkatan: AngkatanCard
    papers: int
    judged: int
    cases: tuple[Case, ...]


def class_clinic(actor: Actor, angkatan_id: int) -> Clinic:
    """The items of the first post-tests of this class that need mending, the most urgent first.

    At most the newest `queries.MOST_PAPERS` papers with the same forms are read, from every class.
    """
    questions.ask(enrolments.ahead_of_members(angkatan_id))
    angkatan = enrolments.angkatan(angkatan_id)
    require(actor, READ_ANSWERS, angkatan)
    papers = queries.papers_like([member.id for member in enrolments.members(angkatan_id)])
    items = {key: Item.thawed(body) for key, body in papers.bodies.items()}
    sat = sat_items(papers, items)
    newest = {item.id: item for item in catalogue.items(catalogue.latest(angkatan.course).id)}
    cases = []
    for figures in clinic.worst_first(sat):
        item = items[int(figures.item)]
        now = newest.get(item.id)
        cases.append(Case(item, figures, now is not None and differs(item, now)))
    return Clinic(angkatan, len(papers.attempts), len(sat), tuple(cases))


def differs(item: Item, now: ItemDef) -> bool:
    """True if the item is no longer asked, or marked, as it was frozen."""
    return now.kind != item.kind or KINDS[now.kind].freeze(now) != item


def sat_items(papers: queries.Papers, items: dict[int, Item]) -> list[clinic.Sat]:
    """Every frozen item with its marks; what a paper left empty is a mark of nothing."""
    marks: dict[int, dict[int, float]] = defaultdict(dict)
    for attempt, form in papers.attempts.items():
        for key in papers.forms[form]:
            value = papers.answers.get((attempt, key))
            marks[attempt][key] = points_of(items[key], value)
    found = []
    for key, item in items.items():
        who = [attempt for attempt, paper in marks.items() if key in paper]
        totals = [sum(marks[attempt].values()) for attempt in who]
        found.append(_one(key, item, [marks[a][key] for a in who], totals, [papers.answers.get((a, key)) for a in who]))
    return found


def _one(key: int, item: Item, marks: Sequence[float], totals: Sequence[float], taken: Sequence[object]) -> clinic.Sat:
    chosen = item.kind in ("single", "truefalse")
    return clinic.Sat(
        item=str(key),
        marks=marks,
        totals=totals,
        guess=clinic.guess_of(item.kind, len(item.choices)),
        taken=[str(one or "") for one in taken] if chosen else (),
        key=str(item.key) if chosen else "",
        options={choice.id: choice.text for choice in item.choices} if chosen else {},
    )
