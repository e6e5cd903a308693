"""Who makes instruments and waves, who answers, and who reads what came back."""

from p2k2lms.core.access import ANYONE, anything, permission
from p2k2lms.plugins.identity import service as identity

READ_INSTRUMENT = permission("evaluation.read_instrument", ("evaluator widyaiswara", anything))
CHANGE_INSTRUMENT = permission("evaluation.change_instrument", ("evaluator", anything))
LIST_SURVEYS = permission("evaluation.list_assignments", (ANYONE, anything))
READ_WAVE = permission("evaluation.read_replies", ("evaluator", identity.in_own_units))
CHANGE_WAVE = permission("evaluation.change_wave", ("evaluator", identity.in_own_units))
PERMISSIONS = (READ_INSTRUMENT, CHANGE_INSTRUMENT, LIST_SURVEYS, READ_WAVE, CHANGE_WAVE)
