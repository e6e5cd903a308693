"""Which test somebody may begin now, and if not, why; and when a review may be read."""

from dataclasses import dataclass
from datetime import datetime

from p2k2lms.plugins.assessment.values import EXAMS, PING, POST, PRE, SEALED


@dataclass(frozen=True)
class Sitting:
    """One attempt as the rules see it; `passed` is None until it is marked."""

    id: int
    purpose: str
    number: int
    finished: bool
    skipped: bool = False
    passed: bool | None = None
    verified: bool = True


@dataclass(frozen=True)
class Standing:
    """Where a person stands with the tests of one enrolment; `pings`: the rounds of the check of memory open today."""

    sittings: tuple[Sitting, ...]
    post_open: bool
    running: bool = True
    pings: tuple[int, ...] = ()

    def of(self, purpose: str) -> tuple[Sitting, ...]:
        """The attempts of one purpose, in order."""
        return tuple(s for s in self.sittings if s.purpose == purpose)

    def unfinished(self, purpose: str) -> Sitting | None:
        """The attempt that still runs."""
        return next((s for s in self.of(purpose) if not s.finished), None)

    def unverified(self, purpose: str) -> Sitting | None:
        """The attempt whose late answers wait for a decision."""
        return next((s for s in self.of(purpose) if not s.verified), None)

    @property
    def pre_offered(self) -> bool:
        """The pre-test may be begun or skipped: once, and before the first post-test."""
        return self.running and not self.of(PRE) and not self.of(POST)

    @property
    def passed(self) -> bool:
        """The post-test is passed."""
        return any(s.passed for s in self.of(POST))

    def posts_left(self, most: int) -> int:
        """How many post-tests may still be begun; none once it is passed."""
        return 0 if self.passed else max(0, most - len(self.of(POST)))

    def begun(self, purpose: str, number: int) -> bool:
        """The attempt of this number is there and still runs."""
        return any(s.number == number and not s.finished for s in self.of(purpose))

    @property
    def ping_due(self) -> int:
        """The round of the check of memory that waits for this person, 0 for none."""
        done = {s.number for s in self.of(PING) if s.finished}
        return next((number for number in self.pings if number not in done), 0)


def refusal(standing: Standing, purpose: str, most_posts: int) -> str:
    """Why a new attempt may not begin now: "", "ended", "pre_once", "locked", "passed", "used_up" or "shut"."""
    if purpose == PING:
        return "" if standing.ping_due else "shut"
    if purpose not in EXAMS:
        return ""
    if not standing.running:
        return "ended"
    if purpose == PRE:
        return "" if standing.pre_offered else "pre_once"
    return _post_refusal(standing, most_posts)


def _post_refusal(standing: Standing, most_posts: int) -> str:
    if not standing.post_open:
        return "locked"
    if standing.passed:
        return "passed"
    return "" if standing.posts_left(most_posts) else "used_up"


def review_waits_for(purpose: str, policy: str, standing: Standing, most_posts: int, closed_at: datetime | None) -> str:
    """What keeps the review of a finished attempt shut: "", "policy", "class" or "test".

    Both forms share their anchors, and a repeated post-test takes the forms in turns: no key is shown
    while the same person may still be asked for it in a test that counts.
    """
    if purpose not in SEALED:
        return ""
    if policy == "skor-saja":
        return "policy"
    if policy == "setelah-angkatan" and closed_at is None:
        return "class"
    if not standing.running or standing.passed:
        return ""
    if standing.unfinished(POST) or standing.posts_left(most_posts):
        return "test"
    return ""
