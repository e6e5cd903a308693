"""Observations: an empty sheet, a filled one beside the other side's, and a person's sheets over time."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from p2k2lms.core import clock, photos, questions
from p2k2lms.core.access import SYSTEM, Actor, allowed, require
from p2k2lms.core.errors import NotFound
from p2k2lms.core.photos import PhotoCard
from p2k2lms.core.questions import Ahead
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import Card, Outline, OutlineSesi, RubricDef
from p2k2lms.plugins.coaching.permissions import CREATE_OBSERVATION, READ_OBSERVATION
from p2k2lms.plugins.coaching.queries import sheets as read
from p2k2lms.plugins.coaching.queries.paths import coaches_on
from p2k2lms.plugins.coaching.rules import sheets as rules
from p2k2lms.plugins.coaching.values import About, Sheet
from p2k2lms.plugins.coaching.values.words import PHOTO_OF, YES
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.identity import service as identity
from p2k2lms.stats import kappa

KINDS = ("kesetiaan", "mutu")
SINCE = timedelta(days=365)
PART = "person.coaching"


@dataclass(frozen=True)
class Form:
    """An empty sheet: whom it is about, which sesi, the langkah to tick and the behaviours to rate."""

    person_id: int
    name: str
    own: bool
    course: str
    version_id: int
    sesi: OutlineSesi
    cards: tuple[Card, ...]
    rubric: RubricDef
    examples: dict[str, str]


@dataclass(frozen=True)
class Seen:
    """A filled sheet with its other side: what the learner said and what was seen, behaviour by behaviour."""

    sheet: Sheet
    form: Form
    own: Sheet | None
    seen: Sheet | None
    rows: tuple[rules.Difference, ...]
    observers: dict[int, str]
    shares: dict[str, int | None]
    photos: tuple[PhotoCard, ...]


@dataclass(frozen=True)
class FieldCourse:
    """What is observed where no path says otherwise: a version and its sesi for families."""

    version_id: int
    sesi: tuple[OutlineSesi, ...]


@dataclass(frozen=True)
class Course:
    """How one person's leading goes: the sheets, newest first, and each behaviour over time."""

    person_id: int
    name: str
    sheets: tuple[Sheet, ...]
    trends: tuple[rules.Trend, ...]
    outlines: dict[int, Outline]
    own: bool
    field: FieldCourse | None  # what may be observed now, where the reader may observe


@dataclass(frozen=True)
class Agreement:
    """How far two people who watched the same agree: over all behaviours, and on each one."""

    pairs: int
    kappa: float | None
    each: tuple[tuple[str, float | None], ...]


def blank(version_id: int, sesi_id: str) -> Form:
    """A sheet about nobody, as a phone takes it along; NotFound for a sesi without one."""
    return _form(SYSTEM, 0, version_id, sesi_id, {0: ""})


def form(actor: Actor, person_id: int, version_id: int, sesi_id: str) -> Form:
    """An empty sheet for somebody whom the actor may watch today; NotFound for others."""
    require(actor, CREATE_OBSERVATION)
    require(actor, CREATE_OBSERVATION, About(person_id, clock.today()))
    return _form(actor, person_id, version_id, sesi_id)


def _form(actor: Actor, person_id: int, version_id: int, sesi_id: str, names: dict[int, str] | None = None) -> Form:
    outline, rubric = catalogue.outline(version_id), catalogue.rubric(version_id)
    sesi = outline.sesi.get(sesi_id)
    if sesi is None or rubric is None:
        raise NotFound("sesi")
    return Form(
        person_id=person_id,
        name=(names or identity.names([person_id])).get(person_id, ""),
        own=person_id == actor.id,
        course=outline.course,
        version_id=version_id,
        sesi=sesi,
        cards=tuple(catalogue.card(version_id, step.id) for step in sesi.steps),
        rubric=rubric,
        examples=catalogue.sesi(version_id, sesi_id).examples if sesi.written else {},
    )


def _for_reader(actor: Actor, sheet_id: uuid.UUID) -> tuple[Sheet, list[Sheet]]:
    """A sheet that the actor may see, and all that were filled of the same."""
    require(actor, READ_OBSERVATION)
    both = read.same_sheet(sheet_id)
    sheet = next((one for one in both if one.id == sheet_id), None)
    if sheet is None:
        raise NotFound("observation")
    if actor.id != sheet.observer_id:
        require(actor, READ_OBSERVATION, About(sheet.person_id, clock.today()))
    return sheet, both


def _alike(version_id: int, sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets of the same course, each in the words that this version has for its behaviours."""
    course, now = catalogue.outline(version_id).course, catalogue.rubric(version_id)
    mine = [sheet for sheet in sheets if sheet.course == course]
    rubrics = {version: catalogue.rubric(version) for version in {sheet.version_id for sheet in mine}}
    return [rules.restated(s, then, now) for s in mine if now and (then := rubrics[s.version_id])]


def seen(actor: Actor, sheet_id: uuid.UUID) -> Seen:
    """A filled sheet for who may see it, with both sides."""
    sheet, found = _for_reader(actor, sheet_id)
    both = _alike(sheet.version_id, found)
    own = next((s for s in both if s.own), None)
    other = next((s for s in both if not s.own and (sheet.own or s.observer_id == sheet.observer_id)), None)
    names = identity.names([sheet.person_id, *(s.observer_id for s in both)])
    blank = _form(actor, sheet.person_id, sheet.version_id, sheet.sesi, names)
    told = other or sheet
    return Seen(
        sheet=told if not sheet.own else sheet,
        form=blank,
        own=own,
        seen=other,
        rows=tuple(rules.differences(blank.rubric, own, other)),
        observers=names,
        shares={kind: rules.kind_share(blank.rubric, told, kind) for kind in KINDS},
        photos=tuple(photos.of(PHOTO_OF, [str(one.id) for one in (own, other) if one])),
    )


def photo(actor: Actor, sheet_id: uuid.UUID, photo_id: int) -> bytes:
    """The bytes of a photo of this sheet, for who may see the sheet; NotFound otherwise."""
    _sheet, both = _for_reader(actor, sheet_id)
    known = {one.id for one in photos.of(PHOTO_OF, [str(one.id) for one in both])}
    found = photos.body(photo_id) if photo_id in known else None
    if found is None:
        raise NotFound("photo")
    return found


def course(actor: Actor, person_id: int) -> Course:
    """Every sheet about one person for who may see it, and each behaviour over time."""
    require(actor, READ_OBSERVATION)
    questions.ask(ahead_of_person(actor, person_id, PART) + enrolment.ahead_of_person(actor, person_id, PART))
    require(actor, READ_OBSERVATION, About(person_id, clock.today()))
    sheets = read.sheets_of(person_id)
    newest = next((s.version_id for s in sheets if not s.own), None)
    rubric = catalogue.rubric(newest) if newest else None
    return Course(
        person_id=person_id,
        name=identity.names([person_id]).get(person_id, ""),
        sheets=tuple(sheets),
        trends=tuple(rules.trends(rubric, _alike(newest, sheets))) if newest and rubric else (),
        outlines={version: catalogue.outline(version) for version in {s.version_id for s in sheets}},
        own=person_id == actor.id,
        field=field_course() if allowed(actor, CREATE_OBSERVATION, About(person_id, clock.today())) else None,
    )


def field_course() -> FieldCourse | None:
    """The newest course that has a rubric and sesi for families."""
    versions = (version.id for version in catalogue.courses() if catalogue.rubric(version.id))
    known = ((version_id, rules.for_families(catalogue.outline(version_id))) for version_id in versions)
    return next((FieldCourse(version_id, tuple(sesi)) for version_id, sesi in known if sesi), None)


def ahead_of_person(actor: Actor, person_id: int, part: str) -> list[Ahead]:
    """What a page about one person asks: the sheets, and who coaches."""
    return [read.sheets_of.ahead(person_id), coaches_on.ahead(person_id, clock.today())] if part == PART else []


def sheets_of(person_id: int) -> list[Sheet]:
    """Every sheet about one person, the newest first: for the plugins above."""
    return list(read.sheets_of(person_id))


def watched(person_ids: Collection[int], first: date, last: date) -> dict[int, tuple[int, int]]:
    """Of the steps that others looked for at these people's meetings between these days: how many whole, of all."""
    found: dict[int, tuple[int, int]] = {}
    for person, steps in read.ticks_of(person_ids, first, last) if person_ids else ():
        whole, due = found.get(person, (0, 0))
        found[person] = (whole + steps.count(YES), due + len(steps))
    return found


def micro_teaching(angkatan_ids: Sequence[int]) -> dict[tuple[int, int], tuple[int, int]]:
    """For each class and person with a micro-teaching that others saw: the best points, and the most there were."""
    best: dict[tuple[int, int], tuple[int, int]] = {}
    for angkatan_id, person_id, points, most in read.micro_of(tuple(angkatan_ids)):
        known = best.get((angkatan_id, person_id))
        if known is None or points * known[1] > known[0] * most:
            best[angkatan_id, person_id] = (points, most)
    return best


def ahead_of_micro_teaching(*angkatan_ids: int) -> Ahead:
    """The same, for a page that knows it will ask."""
    return read.micro_of.ahead(angkatan_ids)


def agreement(version_id: int) -> Agreement:
    """How far pairs of raters agree on this version, within a year (quadratic weights)."""
    return agreement_on(version_id, read.recent(version_id, clock.today() - SINCE))


def agreement_on(version_id: int, sheets: Sequence[Sheet]) -> Agreement:
    """The same over these sheets alone, as for the micro-teachings of one class."""
    rubric = catalogue.rubric(version_id)
    behaviours = rubric.behaviours if rubric else ()
    pairs = rules.pairs_of_raters(_alike(version_id, sheets))
    told = [[(rules.score(a, n), rules.score(b, n)) for a, b in pairs] for n in range(len(behaviours))]
    each = tuple((b.title, _kappa(ratings)) for b, ratings in zip(behaviours, told, strict=True))
    return Agreement(len(pairs), _kappa([one for ratings in told for one in ratings]), each)


def _kappa(ratings: list[tuple[int | None, int | None]]) -> float | None:
    both = [(a, b) for a, b in ratings if a is not None and b is not None]
    if not both:
        return None
    first, second = np.array(both, dtype=np.int64).T
    value = kappa.weighted(first, second, rules.HIGHEST + 1)
    return None if np.isnan(value) else float(value)


def outline(version_id: int) -> Outline:
    """The outline of a version that people are observed in."""
    return catalogue.outline(version_id)
