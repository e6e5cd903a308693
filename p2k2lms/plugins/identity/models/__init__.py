"""Tables of identity: units, people, postings, supervision, sessions and tries, codes, corrections, sheets."""

from p2k2lms.plugins.identity.models.codes import Correction, EntryCode
from p2k2lms.plugins.identity.models.people import LoginSession, Person, Posting, SignInAttempt, Supervision, Unit
from p2k2lms.plugins.identity.models.second import RecoveryCode, SecondFactor
from p2k2lms.plugins.identity.models.sheets import PeopleSheet

__all__ = [
    "Correction",
    "EntryCode",
    "LoginSession",
    "PeopleSheet",
    "Person",
    "Posting",
    "RecoveryCode",
    "SecondFactor",
    "SignInAttempt",
    "Supervision",
    "Unit",
]
