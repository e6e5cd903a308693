"""Pages: every indicator of a unit, one of them with its months and places, and the same as a file."""

from datetime import date

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.access import Actor, has_role
from p2k2lms.core.i18n import _
from p2k2lms.core.panels import HomeCard
from p2k2lms.plugins.enrolment.values import ARMS
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.indicators import service as figures
from p2k2lms.plugins.indicators.values import LEVELS
from p2k2lms.plugins.outcomes import files, pictures, service, words
from p2k2lms.plugins.outcomes.permissions import READ_INDICATOR, READ_PLAN
from p2k2lms.plugins.outcomes.routes.blueprint import pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

UNIT = "/wilayah/<code>"
READERS = ("koordinator", "dinsos", "evaluator", "supervisor")


def wanted_month() -> date | None:
    """The month of an address, 2026-10; None when it says none."""
    try:
        return date.fromisoformat(f"{request.args.get('bulan', '')}-01")
    except ValueError:
        return None


def around(month: date) -> dict[str, str]:
    """The months before and after, as an address says them."""
    before = figures.months_up_to(month, 2)[0]
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return {"before": f"{before:%Y-%m}", "here": f"{month:%Y-%m}", "after": f"{after:%Y-%m}"}


@pages.get("")
@requires(READ_INDICATOR)
def index() -> ResponseReturnValue:
    """The own unit; whoever has none is told so."""
    unit_id = service.start(current_actor())
    if unit_id is None:
        return render_template("outcomes/nowhere.html")
    return redirect(url_for("outcomes.unit", code=identity.unit(unit_id).kemendagri_code))


@pages.get(UNIT)
@requires(READ_INDICATOR)
def unit(code: str) -> str:
    """Every indicator of a unit."""
    found = service.overview(current_actor(), code, wanted_month())
    return render_template(
        "outcomes/unit.html",
        found=found,
        head=found.head,
        months=around(found.head.month),
        words=words,
        level_names=LEVELS,
        may_link=has_role(current_actor(), READ_PLAN),
        may_plan=service.may_register(current_actor()),
    )


@pages.get(f"{UNIT}/angka/<key>")
@requires(READ_INDICATOR)
def indicator(code: str, key: str) -> str:
    """One indicator of a unit."""
    found = service.page(current_actor(), code, key, wanted_month())
    field = pictures.field_of(found)
    drawn = {"time": pictures.over_time(found), "funnel": pictures.funnel(field), "map": pictures.tiles(field)}
    return render_template(
        "outcomes/indicator.html",
        found=found,
        head=found.head,
        drawn=drawn,
        arms=ARMS,
        months=around(found.head.month),
        words=words,
        level_names=LEVELS,
        may_aim=figures.has_target(found.indicator) and identity.may_choose_settings(current_actor(), found.head.unit),
    )


@pages.get(f"{UNIT}/laporan.<any(csv, xlsx, json, pdf):form>")
@requires(READ_INDICATOR)
def report(code: str, form: str) -> ResponseReturnValue:
    """The list of a unit as a file."""
    unit, lines = service.report(code, wanted_month(), current_actor())
    made = files.made(form, unit, lines)
    name = f"indikator-{unit.kemendagri_code}.{form}"
    return Response(made, mimetype=files.TYPES[form], headers={"Content-Disposition": f'attachment; filename="{name}"'})


def home_cards(actor: Actor) -> list[HomeCard]:
    """A quiet way to the figures, for those whose work they are."""
    if not has_role(actor, READ_INDICATOR) or not actor.roles & set(READERS):
        return []
    return [
        HomeCard(
            28,
            _("Dampak"),
            _("Angka wilayah Anda, bulan demi bulan."),
            url_for("outcomes.index"),
            _("Lihat"),
            icon="chart",
        )
    ]
