"""One person's page for an officer, gathered with few questions to the database."""

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.plugins.identity import rules
from p2k2lms.plugins.identity.service.officers import person_for_officer
from p2k2lms.plugins.identity.service.people import postings_of
from p2k2lms.plugins.identity.service.supervising import supervisions_of, supervisors_near
from p2k2lms.plugins.identity.values import PersonSheet


def person_sheet(actor: Actor, person_id: int) -> PersonSheet:
    """A person of the officer's units with postings, supervision and what the officer may do; NotFound for others."""
    person, today = person_for_officer(actor, person_id), clock.today()
    postings = postings_of(person_id)
    held = [posting for posting in postings if posting.holds_on(today)]
    field = [posting.unit.path for posting in held if posting.role == "pendamping"]
    return PersonSheet(
        person=person,
        postings=tuple(postings),
        supervisions=tuple(supervisions_of(person_id)),
        supervisors=tuple(supervisors_near(actor, field[0], person_id)) if field else (),
        may_change=all(rules.is_within(posting.unit.path, actor.paths("admin")) for posting in held),
        is_pendamping=bool(field),
    )
