"""The result of a test: what the person earned, how it changed, and, once released, why each answer is right."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.kinds import kind_of
from p2k2lms.plugins.assessment.models import Attempt, Form, Score
from p2k2lms.plugins.assessment.permissions import READ_ANSWERS
from p2k2lms.plugins.assessment.queries import Scored
from p2k2lms.plugins.assessment.rules import gain, opening
from p2k2lms.plugins.assessment.rules import score as marking
from p2k2lms.plugins.assessment.service import frozen
from p2k2lms.plugins.assessment.service.late import RulingCard, ruling_cards
from p2k2lms.plugins.assessment.service.reading import AttemptCard, card_of, own_attempt
from p2k2lms.plugins.assessment.service.retention import score_then
from p2k2lms.plugins.assessment.service.standing import sittings
from p2k2lms.plugins.assessment.values import EXAMS, OK, PING, POST, PRE, SEALED, Answer, Item, Mark, Verdict
from p2k2lms.plugins.catalogue.values import card_path
from p2k2lms.plugins.enrolment import service as enrolments
from p2k2lms.plugins.enrolment.values import RUNNING, AngkatanCard, EnrolmentCard
from p2k2lms.plugins.identity import service as identity

AFTER_CLASS = "setelah-angkatan"
MOST_CARDS = 4


@dataclass(frozen=True)
class Line:
    """One objective: points and items before (None without a pre-test) and now."""

    text: str
    before: float | None
    before_of: int
    now: float
    of: int

    @property
    def gained(self) -> int:
        """Whole items won, where before and now can be laid side by side."""
        if self.before is None or self.before_of != self.of:
            return 0
        return max(0, int(self.now) - int(self.before))


@dataclass(frozen=True)
class Reread:
    """A card to read again."""

    url: str
    title: str
    sesi_title: str
    minutes: int


@dataclass(frozen=True)
class Reviewed:
    """One item of the review."""

    number: int
    stem: str
    kind: str
    answered: bool
    points: float
    verdicts: tuple[Verdict, ...]
    why: str
    reread: Reread | None


@dataclass(frozen=True)
class Result:
    """All that the result page says; `waits_for` says what keeps the review shut, "" when it is open."""

    attempt: AttemptCard
    enrolment: EnrolmentCard
    points: float
    most: float
    percent: int
    limit: int
    passed: bool
    rescored: bool
    skipped_before: bool
    before: float | None
    before_of: int
    before_percent: int | None
    change: float | None
    doubt: str
    by_chance: int
    scale: gain.Scale
    lines: tuple[Line, ...]
    reread: tuple[Reread, ...]
    waits_for: str
    review: tuple[Reviewed, ...]
    posts_left: int
    verified: bool
    rulings: tuple[RulingCard, ...]


@dataclass(frozen=True)
class ClassResult:
    """The result of a member of a class as the widyaiswara reads it, and the numbers of all attempts like it."""

    angkatan: AngkatanCard
    person_id: int
    name: str
    result: Result
    numbers: tuple[int, ...]


def result(actor: Actor, attempt_id: int) -> Result:
    """The result of a finished attempt of one's own; Conflict while it still runs."""
    attempt, form = own_attempt(actor, attempt_id)
    if attempt.finished_at is None:
        raise Conflict(_("Tes ini belum dikumpulkan. Jawaban Anda tetap tersimpan."))
    wanted = SEALED if attempt.purpose in SEALED else (attempt.purpose,)
    scored = queries.scored([attempt.enrolment_id], wanted)
    return _result(attempt, form, scored, enrolments.enrolment(attempt.enrolment_id))


def class_result(actor: Actor, angkatan_id: int, enrolment_id: int, purpose: str, number: int | None) -> ClassResult:
    """A finished pre-test or post-test of a member, the best unless told; NotFound outside the own classes."""
    require(actor, READ_ANSWERS)
    angkatan = enrolments.angkatan(angkatan_id)
    require(actor, READ_ANSWERS, angkatan)
    member = enrolments.enrolment(enrolment_id)
    scored = queries.scored([enrolment_id], EXAMS)
    sat = [row for row in scored if row.attempt.purpose == purpose and row.score and not row.attempt.skipped]
    chosen = [row for row in sat if number in (None, row.attempt.number)]
    if member.angkatan_id != angkatan_id or not chosen:
        raise NotFound("attempt")
    best = max(chosen, key=lambda row: row.score.points / row.score.max_points if row.score else 0)
    return ClassResult(
        angkatan=angkatan,
        person_id=member.person_id,
        name=identity.names([member.person_id]).get(member.person_id, ""),
        result=_result(best.attempt, best.form, scored, member),
        numbers=tuple(row.attempt.number for row in sat),
    )


def _closed_at(card: EnrolmentCard, attempt: Attempt) -> datetime | None:
    """When the class was closed; on a path nobody waits for others, so what is finished is closed."""
    return attempt.finished_at if card.angkatan_id is None else enrolments.angkatan(card.angkatan_id).closed_at


def _result(attempt: Attempt, form: Form, scored: Sequence[Scored], card: EnrolmentCard) -> Result:
    score = next(row.score for row in scored if row.attempt.id == attempt.id)
    assert score is not None, "a finished attempt is marked in the same transaction"
    standing = opening.Standing((), post_open=False)
    waits_for = ""
    if attempt.purpose in SEALED:
        standing = opening.Standing(sittings(scored), True, card.state == RUNNING)
        closed_at = _closed_at(card, attempt) if form.review == AFTER_CLASS else None
        waits_for = opening.review_waits_for(attempt.purpose, form.review, standing, form.attempts_post, closed_at)
    earned = _earned(form, score, _mark_before(attempt, scored))
    reviewed = _reviewed(attempt, form, score)
    return Result(
        attempt=card_of(attempt, form),
        enrolment=card,
        skipped_before=any(row.attempt.skipped for row in scored),
        reread=_cards_to_reread(reviewed),
        waits_for=waits_for,
        review=() if waits_for else reviewed,
        posts_left=standing.posts_left(form.attempts_post),
        verified=attempt.timing == OK,
        rulings=ruling_cards(attempt) if attempt.deadline == attempt.finished_at else (),
        **earned,
    )


def _mark_before(attempt: Attempt, scored: Sequence[Scored]) -> Mark | None:
    """What a post-test is compared with, the pre-test, and a check of memory, the same questions of the post-test."""
    if attempt.purpose == PING:
        return score_then(attempt)
    pre = next((row.score for row in scored if row.attempt.purpose == PRE), None)
    if attempt.purpose != POST or pre is None:
        return None
    objectives = {name: (points, int(most)) for name, (points, most) in pre.objectives.items()}
    return Mark(pre.points, int(pre.max_points), objectives)


def _earned(form: Form, score: Score, before: Mark | None) -> dict[str, Any]:
    most, points = score.max_points, score.points
    percent = marking.percent(points, most)
    before_percent = marking.percent(before.points, before.max) if before else None
    comparable = before is not None and before.max == most
    change = round(points - before.points, 2) if before and comparable else None
    share = (points + before.points) / (2 * most) if before and comparable else points / most
    return {
        "points": points,
        "most": int(most),
        "percent": percent,
        "limit": form.pass_percent,
        "passed": marking.is_enough(points, most, form.pass_percent),
        "rescored": bool(score.mended),
        "before": before.points if before else None,
        "before_of": before.max if before else 0,
        "before_percent": before_percent,
        "change": change,
        "doubt": gain.doubt(change, int(most), share) if change is not None else "",
        "by_chance": gain.by_chance(int(most), share),
        "scale": gain.scale(before_percent, percent, form.pass_percent),
        "lines": _lines(form, score, before),
    }


def _lines(form: Form, score: Score, before: Mark | None) -> tuple[Line, ...]:
    texts: Mapping[str, str] = form.about["objectives"]
    were = before.objectives if before else {}
    return tuple(
        Line(
            text=texts.get(name, name),
            before=were[name][0] if name in were else None,
            before_of=were[name][1] if name in were else 0,
            now=now,
            of=int(of),
        )
        for name, (now, of) in sorted(score.objectives.items())
    )


def _reviewed(attempt: Attempt, form: Form, score: Score) -> tuple[Reviewed, ...]:
    bodies = queries.bodies(score.mended.values()) if score.mended else {}
    found = []
    for row, asked in frozen.paper_of(attempt):
        new = score.mended.get(str(row.item_version_id))
        item = Item.thawed(bodies[new]) if new else asked
        found.append(_one(row.position, item, row.value, form))
    return tuple(found)


def _one(number: int, item: Item, answer: Answer, form: Form) -> Reviewed:
    return Reviewed(
        number=number,
        stem=item.stem,
        kind=item.kind,
        answered=answer is not None,
        points=marking.points_of(item, answer),
        verdicts=kind_of(item).review(item, answer),
        why=item.why,
        reread=_card(form, item.reread),
    )


def _card(form: Form, step: str) -> Reread | None:
    card = form.about["cards"].get(step)
    if card is None:
        return None
    url = card_path(form.course, card["sesi"], step)
    return Reread(url, card["title"], card["sesi_title"], card["minutes"])


def _cards_to_reread(reviewed: Sequence[Reviewed]) -> tuple[Reread, ...]:
    """The cards of the items that were not wholly right, each once, the most missed first."""
    missed = Counter(item.reread for item in reviewed if item.reread and item.points < marking.WHOLE)
    return tuple(card for card, _times in missed.most_common(MOST_CARDS) if card)
