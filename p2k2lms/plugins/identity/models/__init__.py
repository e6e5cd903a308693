"""Tables of identity: units, people, postings, supervision, open sessions, tries, and sheets of people."""

from p2k2lms.plugins.identity.models.people import LoginSession, Person, Posting, SignInAttempt, Supervision, Unit
from p2k2lms.plugins.identity.models.sheets import PeopleSheet

__all__ = ["LoginSession", "PeopleSheet", "Person", "Posting", "SignInAttempt", "Supervision", "Unit"]
