"""The front door of the outcomes: what its pages and commands ask."""

from p2k2lms.plugins.outcomes.service.centres import COUNT_CENTRES, centre_levels, count_centres
from p2k2lms.plugins.outcomes.service.chain import Chain, Training, chain
from p2k2lms.plugins.outcomes.service.levels import Levels, class_levels
from p2k2lms.plugins.outcomes.service.plans import (
    RUN,
    PlanCard,
    ask_for_run,
    may_register,
    plan,
    plans,
    register,
    this_month,
)
from p2k2lms.plugins.outcomes.service.publishing import PublicRelease, public_release, public_releases, publish
from p2k2lms.plugins.outcomes.service.reading import lead, overview, page, start
from p2k2lms.plugins.outcomes.service.releasing import (
    ReleaseCard,
    freeze,
    frozen_file,
    release,
    release_file,
    releases,
)
from p2k2lms.plugins.outcomes.service.reporting import Line, report
from p2k2lms.plugins.outcomes.service.running import NIGHTLY, nightly, run
from p2k2lms.plugins.outcomes.service.world import Invented, compare, invent, live_through

__all__ = [
    "COUNT_CENTRES",
    "NIGHTLY",
    "RUN",
    "Chain",
    "Invented",
    "Levels",
    "Line",
    "PlanCard",
    "PublicRelease",
    "ReleaseCard",
    "Training",
    "ask_for_run",
    "centre_levels",
    "chain",
    "class_levels",
    "compare",
    "count_centres",
    "freeze",
    "frozen_file",
    "invent",
    "lead",
    "live_through",
    "may_register",
    "nightly",
    "overview",
    "page",
    "plan",
    "plans",
    "public_release",
    "public_releases",
    "publish",
    "register",
    "release",
    "release_file",
    "releases",
    "report",
    "run",
    "start",
    "this_month",
]
