"""Which language a request is answered in: the cookie of the switch, else Indonesian."""

from flask import request

from p2k2lms.core.i18n import LANGUAGES

COOKIE = "bahasa"


def chosen() -> str:
    """The language that this browser asked for by the switch; Indonesian until then."""
    wanted = request.cookies.get(COOKIE, LANGUAGES[0])
    return wanted if wanted in LANGUAGES else LANGUAGES[0]
