"""The pages of identity: sign-in, own account, and what an officer manages."""

from p2k2lms.plugins.identity.routes import (
    account,
    audit,
    codes,
    corrections,
    devices,
    entering,
    held,
    importing,
    people,
    postings,
    rights,
    rights_office,
    second,
    sign_in,
    units,
)
from p2k2lms.plugins.identity.routes.blueprint import pages

__all__ = [
    "account",
    "audit",
    "codes",
    "corrections",
    "devices",
    "entering",
    "held",
    "importing",
    "pages",
    "people",
    "postings",
    "rights",
    "rights_office",
    "second",
    "sign_in",
    "units",
]
