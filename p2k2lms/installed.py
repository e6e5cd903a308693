"""The plugins of this platform, from the ground up: each may use those named before it."""

from p2k2lms.core.plugin import Plugin
from p2k2lms.plugins.assessment.plugin import assessment
from p2k2lms.plugins.catalogue.plugin import catalogue
from p2k2lms.plugins.certificates.plugin import certificates
from p2k2lms.plugins.coaching.plugin import coaching
from p2k2lms.plugins.dashboards.plugin import dashboards
from p2k2lms.plugins.delivery.plugin import delivery
from p2k2lms.plugins.enrolment.plugin import enrolment
from p2k2lms.plugins.evaluation.plugin import evaluation
from p2k2lms.plugins.fieldwork.plugin import fieldwork
from p2k2lms.plugins.forum.plugin import forum
from p2k2lms.plugins.identity.plugin import identity
from p2k2lms.plugins.indicators.plugin import indicators
from p2k2lms.plugins.outcomes.plugin import outcomes
from p2k2lms.plugins.progress.plugin import progress

INSTALLED: tuple[Plugin, ...] = (
    identity,
    catalogue,
    enrolment,
    indicators,
    delivery,
    assessment,
    coaching,
    fieldwork,
    forum,
    progress,
    evaluation,
    certificates,
    outcomes,
    dashboards,
)
