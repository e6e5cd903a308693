"""Pages of what comes: the plan of a month and of a year, and five families to look at."""

from datetime import date

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import clock
from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.permissions import CREATE_GROUP, READ_GROUP
from p2k2lms.plugins.fieldwork.routes.blueprint import GROUP, pages
from p2k2lms.plugins.fieldwork.routes.monthly import paper
from p2k2lms.plugins.fieldwork.routes.reports import KEPT, faults_of, send
from p2k2lms.plugins.fieldwork.rules import months, planning
from p2k2lms.plugins.fieldwork.values.behaviours import BEHAVIOURS
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

SIGNS = ("first", "second", "third")


def _wanted(text: str) -> date:
    """A month that runs or comes."""
    try:
        return max(date.fromisoformat(f"{text}-01"), clock.today().replace(day=1))
    except ValueError:
        return clock.today().replace(day=1)


@pages.route("/rencana", methods=["GET", "POST"])
@requires(CREATE_GROUP)
def plan() -> ResponseReturnValue:
    """The plan of a month: a suggestion for each group, kept with one tap."""
    month, fault = _wanted(request.values.get("bulan", "")), None
    if request.method == "POST":
        ids = [int(text) for text in request.form.getlist("group") if text.isdecimal()]
        chosen = zip(ids, zip(request.form.getlist("sesi"), request.form.getlist("on_day"), strict=False), strict=False)
        try:
            service.keep_month(current_actor(), month, dict(chosen))
            return redirect(url_for("fieldwork.plan", bulan=f"{month:%Y-%m}"), 303)
        except Invalid as refusal:
            fault = refusal
    page = service.year_plan(current_actor(), month, 1)
    after = months.month_of(month).after
    return render_template(
        "fieldwork/plan.html", page=page, month=month, after=after, fault=fault
    ), 422 if fault else 200


@pages.get("/rencana/tahun")
@requires(CREATE_GROUP)
def year() -> ResponseReturnValue:
    """Twelve months of every group."""
    return render_template("fieldwork/year.html", page=service.year_plan(current_actor(), clock.today()))


@pages.post("/rencana/tahun")
@requires(CREATE_GROUP)
def keep_year() -> ResponseReturnValue:
    """All suggestions are kept."""
    service.keep_year(current_actor())
    return redirect(url_for("fieldwork.year"), 303)


@pages.get("/rencana/tahun.pdf")
@requires(CREATE_GROUP)
def year_pdf() -> Response:
    """The year on one sheet."""
    page = service.year_plan(current_actor(), clock.today())
    return paper("year_pdf", "rencana-p2k2.pdf", page=page, leader=current_actor().name)


@pages.get("/cek-lima")
@requires(CREATE_GROUP)
def quarter() -> ResponseReturnValue:
    """This quarter's five families of each group, and what was seen."""
    return render_template("fieldwork/quarter.html", page=service.quarter(current_actor()))


@pages.route(f"{GROUP}/cek-lima", methods=["GET", "POST"])
@requires(READ_GROUP)
def spot_check(group_id: int) -> ResponseReturnValue:
    """Five numbers of the roster, three things to see."""
    card, faults = service.group(current_actor(), group_id), dict[str, str]()
    first = planning.quarter_of(clock.today())
    if request.method == "POST":
        said: dict[str, object] = {name: request.form.getlist(name) for name in ("numbers", *SIGNS)}
        said |= {name: request.form.get(name, "") for name in ("quarter", "modul")}
        answer = send("spot_check", {"group": group_id, **said})
        if answer.status in KEPT:
            return redirect(url_for("fieldwork.quarter"), 303)
        faults = faults_of(answer)
    modul = request.values.get("modul", "")
    about = {
        "card": card,
        "faults": faults,
        "numbers": service.numbers_of(group_id, first, card.members),
        "quarter": planning.quarter_code(first),
        "modul": modul if modul in BEHAVIOURS else next(iter(BEHAVIOURS)),
        "behaviours": BEHAVIOURS,
        "signs": SIGNS,
    }
    return render_template("fieldwork/spot_check.html", **about), 422 if faults else 200
