"""The try-out of a version: what it tells, and whether it lets the version go out."""

from dataclasses import dataclass

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.evaluation.permissions import CHANGE_INSTRUMENT
from p2k2lms.plugins.evaluation.queries import instruments as read_versions
from p2k2lms.plugins.evaluation.queries import replies as read
from p2k2lms.plugins.evaluation.rules import trial as rules
from p2k2lms.plugins.evaluation.rules.trial import Trial
from p2k2lms.plugins.evaluation.service.instruments import card
from p2k2lms.plugins.evaluation.values import DRAFT, VersionCard


@dataclass(frozen=True)
class TrialPage:
    """A version that was tried, what its answers tell, and what those who tried it wrote."""

    version: VersionCard
    trial: Trial
    comments: tuple[str, ...]


def trial_page(actor: Actor, code: str, version_id: int) -> TrialPage:
    """What the try-out of a version tells; NotFound for a draft, which nobody can have answered."""
    require(actor, CHANGE_INSTRUMENT)
    row = read_versions.version(version_id)
    if row is None or row.code != code or row.state == DRAFT:
        raise NotFound("version")
    version = card(row)
    told = read.seconds_and_comments(version_id)
    found = trial_of(version, [seconds for seconds, _comment in told if seconds])
    return TrialPage(version, found, tuple(comment for _seconds, comment in told if comment))


def trial_of(version: VersionCard, seconds: list[int]) -> Trial:
    """The figures of a try-out; joins the transaction of who publishes."""
    return rules.trial(version.instrument, read.sheets_of_version(version.id), seconds)
