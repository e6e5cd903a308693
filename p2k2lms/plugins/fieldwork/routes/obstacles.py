"""Pages of obstacles: the list with its counts, and what each answers with."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.permissions import CHANGE_HELP, LIST_OBSTACLES
from p2k2lms.plugins.fieldwork.routes.blueprint import pages
from p2k2lms.plugins.fieldwork.routes.months import other_months, wanted_month
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

ONE = "/kendala/<key>"


@pages.get("/kendala")
@requires(LIST_OBSTACLES)
def obstacles() -> ResponseReturnValue:
    """How many groups met which obstacle this month."""
    board = service.obstacle_board(current_actor(), wanted_month(request.args.get("bulan", "")))
    return render_template("fieldwork/obstacles.html", board=board, **other_months(board.month))


@pages.route(ONE, methods=["GET", "POST"])
@requires(LIST_OBSTACLES)
def obstacle(key: str) -> ResponseReturnValue:
    """The tip card; who got over it says so here."""
    fault = None
    if request.method == "POST":
        try:
            service.offer_help(current_actor(), key, request.form.get("how", ""), "agreed" in request.form)
            return redirect(url_for("fieldwork.obstacle", key=key), 303)
        except Invalid as refusal:
            fault = refusal
    page = render_template("fieldwork/obstacle.html", page=service.answer(current_actor(), key), fault=fault)
    return page, 422 if fault else 200


@pages.post(f"{ONE}/tarik")
@requires(CHANGE_HELP)
def withdraw_help(key: str) -> ResponseReturnValue:
    """Not to be asked any more."""
    service.withdraw_help(current_actor(), key)
    return redirect(url_for("fieldwork.obstacle", key=key), 303)
