"""Which language and which light a request is answered in: the cookies of two switches, no script needed."""

from datetime import timedelta

from flask import Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from p2k2lms.core import address
from p2k2lms.core.i18n import LANGUAGES, lazy
from p2k2lms.web import cookies

LANGUAGE, LOOK = "bahasa", "tampilan"
NAMES = (("id", "Indonesia"), ("en", "English"))
LOOKS = (("", lazy("Ikut HP")), ("light", lazy("Terang")), ("dark", lazy("Gelap")))
KEPT = timedelta(days=365)


def chosen() -> str:
    """The language that this browser asked for by the switch; Indonesian until then."""
    wanted = cookies.kept(LANGUAGE)
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def look() -> str:
    """ "light" or "dark" when chosen, "" as the phone has it."""
    wanted = cookies.kept(LOOK)
    return wanted if wanted in ("light", "dark") else ""


def remember(cookie: str, value: str) -> BaseResponse:
    """Keep the choice of a switch for a year, and show the same page again."""
    response: Response = redirect(back(), 303)  # type: ignore[assignment]
    cookies.keep(response, cookie, value, KEPT)
    return response


def back() -> str:
    """The page of this site that the form came from; never another site."""
    wanted = request.form.get("next", "")
    return wanted if address.is_here(wanted) else "/"


def this_page() -> str:
    """The address to come back to: this page if it can be opened again, else home."""
    return request.full_path.rstrip("?") if request.method == "GET" else "/"


def wanted(field: str, offered: list[str]) -> str:
    """What the switch asks for; the first on offer when that is unknown."""
    value = request.form.get(field, "")
    return value if value in offered else offered[0]
