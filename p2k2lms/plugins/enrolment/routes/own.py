"""Pages of a learner's own class: its meetings, the live room, and the code that was scanned."""

import re
import secrets
from datetime import timedelta

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from p2k2lms.core import intake
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.permissions import CREATE_ATTENDANCE, READ_OWN_CLASS
from p2k2lms.plugins.enrolment.routes.blueprint import BASE, MOST, pages
from p2k2lms.web import cookies
from p2k2lms.web.access import ask_to_sign_in, public, requires
from p2k2lms.web.login import current_actor, current_device

PATH = "/angkatan/hadir"
SCAN = f"{PATH}/<string(maxlength=60):token>"
BROWSER, TICKET = "p2k2_hp", "p2k2_pindai"
TICKET_KEPT, A_YEAR = timedelta(minutes=10), timedelta(days=366)
KEPT = ("accepted", "duplicate")


@pages.get(f"{BASE}/saya")
@requires(READ_OWN_CLASS)
def own_class(angkatan_id: int) -> ResponseReturnValue:
    return render_template("enrolment/own.html", own=service.own_sessions(current_actor(), angkatan_id))


@pages.post(f"{BASE}/saya/<int(max={MOST}):session_id>/masuk")
@requires(READ_OWN_CLASS)
def join_live(angkatan_id: int, session_id: int) -> ResponseReturnValue:
    """Write down who goes in; the page then shows the way."""
    service.join_live(current_actor(), angkatan_id, session_id)
    return redirect(url_for("enrolment.own_class", angkatan_id=angkatan_id, _anchor=f"temu-{session_id}"), 303)


@pages.get(SCAN)
@public
def scan(token: str) -> ResponseReturnValue:
    """What a scanned code opens. Who must sign in first comes back here: a ticket in this browser keeps the moment."""
    browser = _browser()
    found = service.scan(token, browser, cookies.kept(TICKET, PATH), current_actor().id)
    page = render_template("enrolment/scan.html", code=token, found=found) if current_actor().id else ask_to_sign_in()
    answer: Response = make_response(page)
    cookies.keep(answer, BROWSER, browser, A_YEAR, PATH)
    if found.ticket:
        cookies.keep(answer, TICKET, found.ticket, TICKET_KEPT, PATH)
    return answer


@pages.post(SCAN)
@requires(CREATE_ATTENDANCE)
def mark_own(token: str) -> ResponseReturnValue:
    """Mark oneself, through the door that phones use."""
    actor, browser, ticket = current_actor(), _browser(), cookies.kept(TICKET, PATH)[:200]
    found = service.scan(token, browser, ticket, actor.id)
    payload = {"session": service.session_in(token), "people": [actor.id], "statuses": ["hadir"], "code": token}
    sent_id = request.form.get("sent_id", "")
    whole = {**payload, "ticket": ticket, "browser": browser}
    answer = intake.receive_one(actor, "enrolment.attendance", whole, sent_id=sent_id, device=current_device())
    if answer.status in KEPT:
        return redirect(url_for("enrolment.scan", token=token), 303)
    faults = [fault.message for fault in answer.faults]
    return render_template("enrolment/scan.html", code=token, found=found, faults=faults), 422


def _browser() -> str:
    """The mark of this browser, for telling phones apart in one room; a new one where there is none."""
    known = cookies.kept(BROWSER, PATH)
    return known if re.fullmatch(r"[0-9a-f]{32}", known) else secrets.token_hex(16)
