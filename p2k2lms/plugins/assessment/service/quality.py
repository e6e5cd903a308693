"""The test page of a class: how far its tests can be trusted, what was gained, and how both forms differ."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from p2k2lms.core import questions
from p2k2lms.core.access import Actor, require
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.permissions import READ_ANSWERS
from p2k2lms.plugins.assessment.rules import quality, retention
from p2k2lms.plugins.assessment.rules.score import points_of
from p2k2lms.plugins.assessment.service.retention import class_rounds
from p2k2lms.plugins.assessment.values import POST, PRE, UNKNOWN, Item
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import service as enrolments
from p2k2lms.plugins.enrolment.values import STOPPED, AngkatanCard
from p2k2lms.stats.arithmetic import Floats


@dataclass(frozen=True)
class ClassTests:
    """What the page shows; `map` is that of the form with more papers, by ids of items."""

    angkatan: AngkatanCard
    limit: int
    forms: tuple[quality.FormFigures, ...]
    equated: quality.Equated | None
    gain: quality.ClassGain
    kept: tuple[retention.Round, ...]
    map_form: str
    map: tuple[quality.Row, ...]

    @property
    def most_people(self) -> int:
        """The longest row of the map."""
        return max((row.people for row in self.map), default=0)

    @property
    def few_for_line(self) -> bool:
        """A form has fewer papers than its distance to the other form needs."""
        return sum(form.enough_for_line for form in self.forms) < len(queries.BOTH_FORMS)

    @property
    def few_for_map(self) -> bool:
        """No form has the papers that the map needs."""
        return not any(form.enough_for_map for form in self.forms)


def class_tests(actor: Actor, angkatan_id: int) -> ClassTests:
    """The first tests of a class; forms are judged on the post-tests of all classes with the same version."""
    questions.ask(enrolments.ahead_of_members(angkatan_id))
    angkatan = enrolments.angkatan(angkatan_id)
    require(actor, READ_ANSWERS, angkatan)
    members = [member.id for member in enrolments.members(angkatan_id) if member.state != STOPPED]
    papers = queries.form_papers(angkatan.version_id)
    marks = {form.name: form_marks(form) for form in papers}
    figures = tuple(quality.form_figures(name, rows) for name, rows in marks.items())
    between = _between(papers, marks)
    limit = catalogue.completion_rules(angkatan.version_id).post_test
    known = [one.alpha for one in figures if one.alpha > 0]
    most = max(papers, key=lambda form: len(form.attempts), default=None)
    return ClassTests(
        angkatan,
        limit,
        figures,
        between,
        quality.class_gain(
            _sat(members, angkatan.version_id), limit, min(known, default=0.0), between.line if between else None
        ),
        class_rounds(angkatan.version_id, members),
        most.name if most else "",
        quality.person_item_map([str(body["id"]) for body in most.bodies], marks[most.name]) if most else (),
    )


def form_marks(form: queries.FormPapers) -> Floats:
    """Papers x items; what a paper left empty is a mark of nothing."""
    items = {key: Item.thawed(body) for key, body in zip(form.items, form.bodies, strict=True)}
    rows = [
        [points_of(item, form.answers.get((attempt, key))) for key, item in items.items()] for attempt in form.attempts
    ]
    return np.array(rows, float).reshape(len(rows), len(items))


def _between(papers: Sequence[queries.FormPapers], marks: dict[str, Floats]) -> quality.Equated | None:
    """Form B seen from form A."""
    by_name = {form.name: form for form in papers}
    if len(by_name) < len(queries.BOTH_FORMS):
        return None
    old, new = (by_name[name] for name in queries.BOTH_FORMS)
    shared = [key for key in old.anchors if key in new.anchors]
    places = [[form.items.index(key) for key in shared] for form in (old, new)]
    return quality.equated(marks[old.name], places[0], marks[new.name], places[1])


def _sat(members: Sequence[int], version_id: int) -> list[quality.Sat]:
    """The first tests of each member."""
    found: dict[int, dict[str, tuple[str, float, str]]] = {member: {} for member in members}
    for enrolment, purpose, form, mark, place in queries.first_marks(members, version_id):
        found[enrolment][purpose] = (form, mark, place)
    none = ("", None, UNKNOWN)
    both = ((one.get(PRE, none), one.get(POST, none)) for one in found.values())
    return [quality.Sat(pre[1], post[1], pre[0], post[0], pre[2], post[2]) for pre, post in both]
