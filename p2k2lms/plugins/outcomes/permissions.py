"""Who may read figures: those of one's own units, never below a kabupaten for the nation and for who sees no people."""

from p2k2lms.core import clock
from p2k2lms.core.access import ANYONE, Actor, permission
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import AngkatanCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard, UnitLine

PUBLIC_LEVELS = ("nasional", "regional", "provinsi", "kabupaten")
NEAR_THE_FIELD = ("supervisor", "koordinator", "dinsos", "admin")
KNOWS_THE_PEOPLE = ("koordinator", "admin")
TOP = "/ID/"


def unit_aggregate(actor: Actor, unit: UnitCard | UnitLine) -> bool:
    """A unit of the actor's or below; below a kabupaten only for who works near the field."""
    for posting in actor.postings:
        if unit.path.startswith(posting.unit_path):
            near = posting.role in NEAR_THE_FIELD and posting.unit_path != TOP
            if unit.level in PUBLIC_LEVELS or near:
                return True
    return False


def knows_the_people(actor: Actor, unit: UnitCard) -> bool:
    """Who may open every person of the unit anyway sees small numbers too."""
    return any(
        unit.path.startswith(posting.unit_path) and posting.role in KNOWS_THE_PEOPLE and posting.unit_path != TOP
        for posting in actor.postings
    )


def near_own_units(actor: Actor, path: str) -> bool:
    """Something of one of the actor's units, of one above or of one below: it tells of no place and no person."""
    return any(path.startswith(p.unit_path) or p.unit_path.startswith(path) for p in actor.postings)


def own_or_in_care(actor: Actor, person_id: int) -> bool:
    """Oneself; whom one supervises today; who is posted in one's units."""
    return identity.may_see(actor, person_id, clock.today())


def in_own_class(actor: Actor, person_id: int) -> bool:
    """A member of a class in which the actor works."""
    return enrolment.in_own_class(actor, person_id)


def held_in_own_units(actor: Actor, angkatan: AngkatanCard) -> bool:
    """A class that one of the actor's units holds, or one below."""
    return identity.in_own_units(actor, angkatan.centre_path)


def held_below_the_nation(actor: Actor, angkatan: AngkatanCard) -> bool:
    """The same for who works below the nation: a class is a list of people, and the nation reads no person."""
    return any(p.unit_path != TOP and angkatan.centre_path.startswith(p.unit_path) for p in actor.postings)


def reads_few(actor: Actor, path: str) -> bool:
    """True for who works in this unit, or above it below the nation: figures of five to nine people are told there."""
    return any(p.unit_path != TOP and path.startswith(p.unit_path) for p in actor.postings)


READ_INDICATOR = permission("outcomes.read_indicator", (ANYONE, unit_aggregate))
READ_PLAN = permission("outcomes.read_plan", ("evaluator koordinator", near_own_units))
RUN_PLAN = permission("outcomes.run_plan", ("evaluator", identity.in_own_units))
CREATE_RELEASE = permission("outcomes.create_release", ("evaluator", identity.in_own_units))
READ_CLASS = permission(
    "outcomes.read_class",
    ("widyaiswara panitia", enrolment.works_in),
    ("evaluator", held_below_the_nation),
    ("admin", held_in_own_units),
)
READ_CENTRE = permission("outcomes.read_centre", ("widyaiswara panitia evaluator admin", identity.in_own_units))
READ_CHAIN = permission("outcomes.read_chain", (ANYONE, own_or_in_care), ("widyaiswara panitia", in_own_class))
PERMISSIONS = (READ_INDICATOR, READ_PLAN, RUN_PLAN, CREATE_RELEASE, READ_CLASS, READ_CENTRE, READ_CHAIN)
