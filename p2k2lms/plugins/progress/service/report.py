"""The closing report of a class: who came, what they know now against before, who passed, and what to do next."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from p2k2lms.core import questions
from p2k2lms.core.access import Actor, require
from p2k2lms.core.i18n import _, counted
from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.assessment.values import POST, PRE, Places, ScoreCard, places_of
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import STOPPED, AngkatanCard, AttendanceShare
from p2k2lms.plugins.progress import queries
from p2k2lms.plugins.progress.permissions import READ_MARKS
from p2k2lms.plugins.progress.service.facts import limits_of
from p2k2lms.plugins.progress.service.reading import class_marks
from p2k2lms.plugins.progress.values import FAILED, PASSED, Limits, MarksRow
from p2k2lms.stats import effect_sizes, prepost

FEW_PAIRS = 5  # below, an interval says nothing
CEILING, CEILING_SHARE, PAIRLESS_SHARE = 95.0, 0.15, 0.10


@dataclass(frozen=True)
class GainReport:
    """What the tests before and after say of those who sat both; points are percent of the marks that could be had."""

    pairs: int
    before: float
    after: float
    gain: float
    interval: tuple[float, float] | None
    standard_before: float
    standard_after: float
    smcr: tuple[float, float, float] | None
    ceiling: bool
    places: Places


@dataclass(frozen=True)
class AttendanceReport:
    """How the meetings were attended: the mean share, and how many stayed below what is asked."""

    meetings: int
    mean_percent: int
    below: int


@dataclass(frozen=True)
class ClassReport:
    """Everything on the report of a class: how many there are of each, and on paper each by name."""

    angkatan: AngkatanCard
    title: str
    limits: Limits
    people: int
    stopped: int
    decisions: Mapping[str, int]
    attendance: AttendanceReport | None
    gain: GainReport | None
    without_pair: int
    advice: tuple[str, ...]
    rows: tuple[tuple[MarksRow, AttendanceShare | None], ...] = ()

    def decided(self, decision: str) -> int:
        """How many people were decided so; "" is not yet."""
        return self.decisions.get(decision, 0)


def class_report(actor: Actor, angkatan_id: int, by_name: bool = False) -> ClassReport:
    """The report of a class, for its staff; before closing it says how things stand. `by_name` adds its people."""
    require(actor, READ_MARKS)
    questions.ask([*enrolment.ahead_of_attended(angkatan_id), queries.of_class.ahead(angkatan_id)])
    card = enrolment.angkatan(angkatan_id)
    require(actor, READ_MARKS, card)
    everybody = enrolment.attended(angkatan_id)
    members, shares = [m for m, _s in everybody if m.state != STOPPED], {m.id: share for m, share in everybody}
    ids, limits = [m.id for m in members], limits_of(card.version_id, card.mode)
    decided = queries.of_class(angkatan_id)
    decisions = Counter(decided[n].decision if n in decided else "" for n in ids)
    scores = [s for s in assessment.scores_of(ids).values() if PRE in s and POST in s and all(_sure(s))]
    pairs = [(s[PRE], s[POST]) for s in scores]
    gain = _gain(pairs, limits.post_test) if pairs else None
    without_pair = len(members) - len(pairs)
    known = [share for n in ids if (share := shares[n]) is not None]
    rows = class_marks(card, members).rows if by_name else ()
    return ClassReport(
        angkatan=card,
        title=catalogue.outline(card.version_id).title,
        limits=limits,
        people=len(members),
        stopped=len(everybody) - len(members),
        decisions=decisions,
        attendance=_attendance(known, limits.attendance) if known else None,
        gain=gain,
        without_pair=without_pair,
        advice=_advice(decisions, gain, without_pair),
        rows=tuple((row, shares[row.enrolment_id]) for row in rows),
    )


def _sure(scores: Mapping[str, ScoreCard]) -> Iterable[bool]:
    """No mark stands in a figure while answers that came too late wait for a decision."""
    return (scores[purpose].verified for purpose in (PRE, POST))


def _gain(pairs: list[tuple[ScoreCard, ScoreCard]], standard: int) -> GainReport:
    pre, post = (np.array([100 * pair[n].points / pair[n].max for pair in pairs]) for n in (0, 1))
    found = prepost.paired_gain(pre, post)
    enough = len(pairs) >= FEW_PAIRS and math.isfinite(found.low)
    size = effect_sizes.smcr(found.gain, found.sd_before, found.r, len(pairs)) if enough else None
    return GainReport(
        pairs=len(pairs),
        before=found.before,
        after=found.after,
        gain=found.gain,
        interval=(found.low, found.high) if enough else None,
        standard_before=float(np.mean(pre >= standard)) * 100,
        standard_after=float(np.mean(post >= standard)) * 100,
        smcr=(size.est, size.lo, size.hi) if size is not None and math.isfinite(size.lo) else None,
        ceiling=max(prepost.ceiling_share(scores, CEILING) for scores in (pre, post)) > CEILING_SHARE,
        places=places_of((before.place, after.place) for before, after in pairs),
    )


def _attendance(known: Sequence[AttendanceShare], limit: int | None) -> AttendanceReport:
    earned, due = sum(s.earned for s in known), sum(s.due for s in known)
    below = sum(limit is not None and share.percent < limit for share in known)
    return AttendanceReport(known[0].held, earned * 100 // due if due else 0, below)


def _advice(decisions: Mapping[str, int], gain: GainReport | None, without_pair: int) -> tuple[str, ...]:
    """What follows from the figures, in sentences; only what somebody can do."""
    said, everybody = [], sum(decisions.values())
    if again := decisions.get(FAILED, 0):
        said.append(counted("%(n)s orang belum lulus: tawarkan jalur bimbingan dan ulang post-test.", again))
    if waiting := decisions.get("", 0):
        said.append(counted("%(n)s orang belum diputuskan.", waiting))
    if everybody and without_pair > PAIRLESS_SHARE * everybody:
        said.append(
            counted(
                "%(n)s orang tidak punya pre-test dan post-test sekaligus: kenaikan hanya dari yang lain.", without_pair
            )
        )
    if gain is not None and gain.ceiling:
        said.append(_("Banyak nilai 95 ke atas: soalnya terlalu mudah untuk mengukur kenaikan."))
    if gain is not None and gain.interval is not None and gain.interval[0] <= 0:
        said.append(_("Kenaikan belum dapat dibedakan dari nol: lihat lagi materi dan soalnya."))
    if everybody and decisions.get(PASSED, 0) == everybody:
        said.append(_("Semua lulus. Dampingi P2K2 pertama mereka dalam 60 hari."))
    return tuple(said)
