"""What outcomes holds of people: who registered a plan and who released; its cubes hold kabupaten, never people."""

from p2k2lms.core.personal import Mention
from p2k2lms.plugins.outcomes.models import AnalysisPlan, Release

PERSONAL = (
    Mention(AnalysisPlan, ("registered_by",)),
    Mention(Release, ("made_by",)),
)
