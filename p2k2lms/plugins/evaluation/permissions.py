"""Who makes instruments and waves, who answers, and who reads what came back, of a wave and of a class."""

from p2k2lms.core.access import ANYONE, Actor, anything, permission
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import AngkatanCard
from p2k2lms.plugins.identity import service as identity

NATION = "/ID/"


def below_the_nation(actor: Actor, unit_path: str) -> bool:
    """A unit where the actor evaluates, or below it, but not for the nation: that reads kabupaten and no person."""
    return any(path != NATION and unit_path.startswith(path) for path in actor.paths("evaluator"))


def held_in_own_units(actor: Actor, angkatan: AngkatanCard) -> bool:
    """A class that one of the actor's units holds, or one below."""
    return identity.in_own_units(actor, angkatan.centre_path)


READ_INSTRUMENT = permission("evaluation.read_instrument", ("evaluator widyaiswara", anything))
CHANGE_INSTRUMENT = permission("evaluation.change_instrument", ("evaluator", anything))
LIST_SURVEYS = permission("evaluation.list_assignments", (ANYONE, anything))
READ_WAVE = permission("evaluation.read_replies", ("evaluator", identity.in_own_units))
EXPORT_REPLIES = permission("evaluation.export_replies", ("evaluator", below_the_nation))
CHANGE_WAVE = permission("evaluation.change_wave", ("evaluator", identity.in_own_units))
READ_REACTIONS = permission(
    "evaluation.read_reactions", ("widyaiswara panitia", enrolment.works_in), ("admin", held_in_own_units)
)
PERMISSIONS = (
    READ_INSTRUMENT,
    CHANGE_INSTRUMENT,
    LIST_SURVEYS,
    READ_WAVE,
    EXPORT_REPLIES,
    CHANGE_WAVE,
    READ_REACTIONS,
)
