"""Pages: the home page of a visitor and of each role, people in care, one person, one unit, and the bell."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.access import ANYONE, Actor, has_role
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _, counted
from p2k2lms.core.panels import HomeCard
from p2k2lms.plugins.dashboards import service, watching
from p2k2lms.plugins.dashboards.permissions import (
    CHANGE_ALERT,
    LIST_ALERTS,
    LIST_PEOPLE,
    READ_NOTICES,
    READ_PERSON,
    READ_UNIT,
)
from p2k2lms.web.access import public, requires
from p2k2lms.web.login import current_actor, current_zone

pages = Blueprint("dashboards", __name__)
WATCHERS = tuple(frozenset({role, ANYONE}) for role in ("supervisor", "koordinator", "evaluator"))


@pages.get("/")
@public
def home() -> str:
    """What this is, for a visitor; one next action, for who is signed in."""
    actor = current_actor()
    if actor.id is None:
        return render_template("dashboards/welcome.html")
    return render_template(
        "dashboards/home.html",
        home=service.home(actor),
        greeting=service.greet(current_zone()),
        unread=service.unread(actor),
    )


@pages.get("/orang")
@requires(LIST_PEOPLE)
def people() -> str:
    """The people in one's care, a page at a time."""
    after = request.args.get("setelah", 0, type=int)
    found = service.people(current_actor(), after)
    onward = url_for("dashboards.people", setelah=found[-1].person_id) if len(found) == service.PAGE else ""
    return render_template("dashboards/people.html", people=found, onward=onward, after=after)


@pages.get("/orang/<int:person_id>")
@requires(READ_PERSON)
def person(person_id: int) -> str:
    """One person: where posted, tests and decisions, and help to come in."""
    return _person(person_id, "person.page")


@pages.get("/orang/<int:person_id>/bimbingan")
@requires(READ_PERSON)
def person_coaching(person_id: int) -> str:
    """The same person's path, sheets and readiness."""
    return _person(person_id, "person.coaching")


@pages.get("/orang/<int:person_id>/hasil")
@requires(READ_PERSON)
def person_results(person_id: int) -> str:
    """The same person's certificates, months in the field, and the way to what came of it."""
    return _person(person_id, "person.results")


def _person(person_id: int, part: str) -> str:
    head = service.person(current_actor(), person_id, part)
    return render_template("dashboards/person.html", head=head, person_id=person_id, part=part)


@pages.get("/orang/wilayah")
@requires(READ_UNIT)
def own_unit() -> ResponseReturnValue:
    """The own unit."""
    return redirect(url_for("dashboards.unit", code=service.own_unit(current_actor()).kemendagri_code))


@pages.get("/orang/wilayah/<code>")
@requires(READ_UNIT)
def unit(code: str) -> str:
    """A unit in a month: who was trained, who is on a path, how its groups met, what its figures say."""
    return render_template("dashboards/unit.html", head=service.unit(current_actor(), code, _month()))


def _month() -> date | None:
    """The month of the address, 2026-10; None when it says none."""
    try:
        return date.fromisoformat(f"{request.args.get('bulan', '')}-01")
    except ValueError:
        return None


@pages.get("/kabar")
@requires(READ_NOTICES)
def notices() -> str:
    """The bell."""
    return render_template("dashboards/notices.html", lines=service.bell(current_actor()))


@pages.post("/kabar/dibaca")
@requires(READ_NOTICES)
def mark_read() -> ResponseReturnValue:
    """Everything in the bell has been seen."""
    service.mark_read(current_actor())
    return redirect(url_for("dashboards.notices"), 303)


@pages.get("/bimbingan/antrean")
@requires(LIST_ALERTS)
def queue() -> str:
    """Who or what needs me now."""
    return _queue()


@pages.post("/bimbingan/antrean/<int:alert_id>/jawab")
@requires(CHANGE_ALERT)
def answer_alert(alert_id: int) -> ResponseReturnValue:
    """It was right, or it was not."""
    try:
        watching.answer(current_actor(), alert_id, request.form.get("verdict", ""))
    except Invalid as refusal:
        return _queue(alert_id, refusal), 422
    return redirect(url_for("dashboards.queue"), 303)


@pages.post("/bimbingan/antrean/<int:alert_id>/selesai")
@requires(CHANGE_ALERT)
def act_on_alert(alert_id: int) -> ResponseReturnValue:
    """Something was done about it."""
    watching.done(current_actor(), alert_id)
    return redirect(url_for("dashboards.queue"), 303)


@pages.post("/bimbingan/antrean/<int:alert_id>/tunda")
@requires(CHANGE_ALERT)
def put_off_alert(alert_id: int) -> ResponseReturnValue:
    """Not now, and why."""
    try:
        watching.put_off(current_actor(), alert_id, request.form.get("reason", ""))
    except Invalid as refusal:
        return _queue(alert_id, refusal), 422
    return redirect(url_for("dashboards.queue"), 303)


def _queue(about: int = 0, fault: Invalid | None = None) -> str:
    found = watching.queue(current_actor())
    return render_template("dashboards/queue.html", queue=found, about=about, fault=fault, said=request.form)


def _waiting(actor: Actor) -> list[HomeCard]:
    """What waits for who does nothing else here: others have a full home page, and find it in the menu."""
    if actor.roles not in WATCHERS:
        return []
    number = watching.count(actor)
    line = counted("%(n)s hal perlu dilihat.", number)
    url = url_for("dashboards.queue")
    return [HomeCard(44, _("Siapa butuh saya"), line, url, _("Lihat"), icon="flag")] if number else []


def home_cards(actor: Actor) -> list[HomeCard]:
    """A quiet way to the people in one's care."""
    if not has_role(actor, LIST_PEOPLE):
        return []
    url = url_for("dashboards.people")
    return [
        *_waiting(actor),
        HomeCard(30, _("Binaan"), _("Kemajuan dan nilai orang dalam binaan Anda."), url, _("Lihat"), icon="people"),
    ]
