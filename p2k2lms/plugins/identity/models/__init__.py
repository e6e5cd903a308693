"""Tables of identity: units, people, postings, supervision, sessions and tries, codes, wishes, sheets, data rights."""

from p2k2lms.plugins.identity.models.codes import Correction, EntryCode
from p2k2lms.plugins.identity.models.people import LoginSession, Person, Posting, SignInAttempt, Supervision, Unit
from p2k2lms.plugins.identity.models.rights import Breach, Consent, ErasureRequest
from p2k2lms.plugins.identity.models.second import RecoveryCode, SecondFactor
from p2k2lms.plugins.identity.models.sheets import PeopleSheet

__all__ = [
    "Breach",
    "Consent",
    "Correction",
    "EntryCode",
    "ErasureRequest",
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
