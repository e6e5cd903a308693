"""The map of what was covered, and the month of the people in one's care."""

from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import clock
from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.permissions import LIST_GROUPS, LIST_REPORTS, LIST_UNIT_COVERAGE
from p2k2lms.plugins.fieldwork.routes.blueprint import MOST, pages
from p2k2lms.plugins.fieldwork.rules import months
from p2k2lms.plugins.fieldwork.rules.months import Month
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor


def wanted_month(text: str) -> date:
    """The month of an address, 2026-11; the present one when it says none."""
    try:
        return min(date.fromisoformat(f"{text}-01"), clock.today())
    except ValueError:
        return clock.today()


def other_months(month: Month) -> dict[str, str]:
    """The month before and the one after as addresses say them; "" for one that has not begun."""
    later = f"{month.after:%Y-%m}" if month.after <= clock.today() else ""
    return {"before": f"{months.earlier(month).first:%Y-%m}", "later": later}


@pages.get("/peta")
@requires(LIST_GROUPS)
def coverage() -> ResponseReturnValue:
    """Groups and sesi at a glance."""
    after = request.args.get("setelah", 0, type=int)
    return render_template("fieldwork/map.html", map=service.coverage_map(current_actor(), after))


@pages.get("/cakupan")
@requires(LIST_UNIT_COVERAGE)
def unit_coverage() -> ResponseReturnValue:
    """How many groups of one's units have had each sesi."""
    return render_template("fieldwork/covered.html", it=service.unit_coverage(current_actor()))


@pages.get("/bulan")
@requires(LIST_REPORTS)
def month() -> ResponseReturnValue:
    """Who has reported this month, and who not yet."""
    return _board()


@pages.post(f"/bulan/<int(max={MOST}):person_id>")
@requires(LIST_REPORTS)
def say(person_id: int) -> ResponseReturnValue:
    """One tap approves; anything else comes with a remark."""
    day = wanted_month(request.form.get("bulan", ""))
    try:
        said = request.form.get("verdict", ""), request.form.get("remark", "")
        service.say(current_actor(), person_id, day, *said)
    except Invalid as refusal:
        return _board({person_id: refusal}, day), 422
    return redirect(url_for("fieldwork.month", bulan=f"{day:%Y-%m}"), 303)


def _board(faults: dict[int, Invalid] | None = None, day: date | None = None) -> str:
    after = request.args.get("setelah", 0, type=int)
    board = service.board(current_actor(), day or wanted_month(request.args.get("bulan", "")), after)
    about = {"board": board, "faults": faults or {}, "said": request.form}
    return render_template("fieldwork/month.html", **about, **other_months(board.month))
