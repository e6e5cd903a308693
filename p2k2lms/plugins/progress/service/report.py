"""The closing report of a class: who came, what they know now against before, who passed, and what to do next."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from p2k2lms.core.access import Actor, require
from p2k2lms.core.i18n import _, counted
from p2k2lms.plugins.assessment.values import POST, PRE, ScoreCard
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import STOPPED, AngkatanCard, AttendanceShare
from p2k2lms.plugins.progress.permissions import READ_MARKS
from p2k2lms.plugins.progress.service.facts import known_of
from p2k2lms.plugins.progress.service.reading import ClassMarks, class_marks
from p2k2lms.plugins.progress.values import FAILED, PASSED, MarksRow
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


@dataclass(frozen=True)
class AttendanceReport:
    """How the meetings were attended: the mean share, and how many stayed below what is asked."""

    meetings: int
    mean_percent: int
    below: int


@dataclass(frozen=True)
class ClassReport:
    """Everything on the report of a class; rows by name, each with what was attended."""

    marks: ClassMarks
    rows: tuple[tuple[MarksRow, AttendanceShare | None], ...]
    stopped: int
    attendance: AttendanceReport | None
    gain: GainReport | None
    without_pair: int
    advice: tuple[str, ...]

    @property
    def angkatan(self) -> AngkatanCard:
        return self.marks.angkatan

    def decided(self, decision: str) -> int:
        """How many people were decided so; "" is not yet."""
        return sum(row.decision == decision for row, _share in self.rows)


def class_report(actor: Actor, angkatan_id: int) -> ClassReport:
    """The report of a class, for its staff; before closing it says how things stand."""
    require(actor, READ_MARKS)
    card = enrolment.angkatan(angkatan_id)
    require(actor, READ_MARKS, card)
    everybody = enrolment.members(angkatan_id)
    members = [m for m in everybody if m.state != STOPPED]
    known = known_of(members)
    marks = class_marks(card, members, known)
    asked = marks.limits.attendance is not None
    shares = {m.id: known[m.id].share for m in members} if asked else enrolment.attendance_shares(members)
    rows = tuple((row, shares.get(row.enrolment_id)) for row in marks.rows)
    scores = [k.scores for k in known.values() if PRE in k.scores and POST in k.scores]
    pairs = [(s[PRE], s[POST]) for s in scores if all(_sure(s))]
    gain = _gain(pairs, marks.limits.post_test) if pairs else None
    attendance = _attendance(rows, marks.limits.attendance)
    without_pair = len(members) - len(pairs)
    return ClassReport(
        marks, rows, len(everybody) - len(members), attendance, gain, without_pair, _advice(rows, gain, without_pair)
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
    )


def _attendance(
    rows: tuple[tuple[MarksRow, AttendanceShare | None], ...], limit: int | None
) -> AttendanceReport | None:
    known = [share for _row, share in rows if share is not None]
    if not known:
        return None
    earned, due = sum(s.earned for s in known), sum(s.due for s in known)
    below = sum(limit is not None and share.percent < limit for share in known)
    return AttendanceReport(known[0].held, earned * 100 // due if due else 0, below)


def _advice(
    rows: tuple[tuple[MarksRow, AttendanceShare | None], ...], gain: GainReport | None, without_pair: int
) -> tuple[str, ...]:
    """What follows from the figures, in sentences; only what somebody can do."""
    said = []
    if again := sum(row.decision == FAILED for row, _s in rows):
        said.append(counted("%(n)s orang belum lulus: tawarkan jalur bimbingan dan ulang post-test.", again))
    if waiting := sum(not row.decision for row, _s in rows):
        said.append(counted("%(n)s orang belum diputuskan.", waiting))
    if rows and without_pair > PAIRLESS_SHARE * len(rows):
        said.append(
            counted(
                "%(n)s orang tidak punya pre-test dan post-test sekaligus: kenaikan hanya dari yang lain.", without_pair
            )
        )
    if gain is not None and gain.ceiling:
        said.append(_("Banyak nilai 95 ke atas: soalnya terlalu mudah untuk mengukur kenaikan."))
    if gain is not None and gain.interval is not None and gain.interval[0] <= 0:
        said.append(_("Kenaikan belum dapat dibedakan dari nol: lihat lagi materi dan soalnya."))
    if rows and all(row.decision == PASSED for row, _s in rows):
        said.append(_("Semua lulus. Dampingi P2K2 pertama mereka dalam 60 hari."))
    return tuple(said)
