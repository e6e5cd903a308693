"""What a request says about the browser that sends it, and how a token becomes a person."""

import re
import secrets
from datetime import timedelta

from flask import current_app, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from p2k2lms.core import clock
from p2k2lms.plugins.identity import rules, service
from p2k2lms.plugins.identity.values import RESET_NEWS
from p2k2lms.web import cookies, login
from p2k2lms.web.login import SignedIn
from p2k2lms.web.network import network
from p2k2lms.web.page import demo_band

DEVICE = "perangkat"
HALF, HALF_SECONDS = "setengah", 600
SHARED, NOTED_SECONDS = "bersama", 60
A_YEAR = timedelta(days=365)
DOORS_OF_WORK = {"api.receive", "api.token"}
LOOKS_ONLY = {"GET", "HEAD", "OPTIONS"}


def door() -> service.Door:
    """The device that asks to come in, by its cookie; a device without one gets a new name."""
    known = cookies.kept(DEVICE)
    key = known if re.fullmatch(r"[0-9a-f]{32}", known) else secrets.token_hex(16)
    label = rules.device_label(request.headers.get("User-Agent", ""))
    return service.Door(key, label, network(), str(current_app.config["SECRET_KEY"]))


def wait(seconds: int, back: str = "identity.sign_in") -> Response:
    """Too many tries: how long to wait, that nothing is lost, and the page (`back`) to go on from."""
    answer = make_response(
        render_template("identity/wait.html", seconds=seconds, minutes=-(-seconds // 60), back=back), 429
    )
    answer.headers["Retry-After"] = str(seconds)
    return answer


def who(token: str) -> SignedIn | None:
    """Who holds this token today. A page that is only looked at writes nothing: the use of a device is noted
    when it sends something, at most twice a day, in a transaction of its own. Whose account has been closed is known
    at the doors of work alone, so that nothing is lost with it."""
    frozen = frozenset({"admin"}) if demo_band() else frozenset[str]()
    opened = service.actor_of(token, frozen)
    if opened is None and request.endpoint in DOORS_OF_WORK:
        opened = service.leaver_of(token)
    if opened is None or (opened.shared and _left_alone()):
        return None
    if request.method not in LOOKS_ONLY:
        service.note_use(opened)
    return SignedIn(token, opened.actor, opened.device_key, opened.zone)


def wanted() -> str | None:
    """Where the person was going when the sign-in came in between."""
    return request.form.get("next") or request.args.get("next")


def enter(way: service.Opened | service.Half) -> ResponseReturnValue:
    """Go on: into the account, or to the second door."""
    if isinstance(way, service.Half):
        session[HALF] = {"id": way.person_id, "shared": way.shared, "at": _seconds(), "next": wanted() or ""}
        return redirect(url_for("identity.second"), 303)
    return open_here(way, redirect(rules.onward(wanted()), 303))


def half() -> service.Half | None:
    """Who has shown the password in this browser a moment ago; the cookie that says so is signed."""
    kept = session.get(HALF)
    if not kept or not 0 <= _seconds() - kept["at"] < HALF_SECONDS:
        return None
    return service.Half(kept["id"], kept["shared"])


def half_onward() -> str:
    """Where somebody at the second door was going."""
    return rules.onward((session.get(HALF) or {}).get("next"))


def open_here(opened: service.Opened, answer: Response) -> Response:
    """Open the session in this browser, in place of one that was open; the device is remembered."""
    service.sign_out(login.current_token())
    login.begin(SignedIn(opened.token, opened.actor, opened.device_key), lasting=not opened.shared)
    if opened.shared:
        session[SHARED] = _seconds()
    if opened.resets:
        session[RESET_NEWS] = list(opened.resets)
    cookies.keep(answer, DEVICE, opened.device_key, A_YEAR)
    return answer


def _left_alone() -> bool:
    """A shared device that nobody used for half an hour; else the use is noted in its cookie, each minute."""
    now, seen = _seconds(), session.get(SHARED)
    if not isinstance(seen, int) or rules.is_idle(seen, now):
        return True
    if now - seen >= NOTED_SECONDS:
        session[SHARED] = now
    return False


def _seconds() -> int:
    return int(clock.now().timestamp())
