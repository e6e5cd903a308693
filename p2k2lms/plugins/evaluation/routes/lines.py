"""One question over time, and one claim seen by several."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from p2k2lms.core.i18n import number
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.permissions import READ_WAVE
from p2k2lms.plugins.evaluation.routes.blueprint import INSTRUMENT, WAVE, pages
from p2k2lms.plugins.evaluation.rules.versions import BROKEN, MARKED
from p2k2lms.web import charts
from p2k2lms.web.access import requires
from p2k2lms.web.charts import Drawing, Month
from p2k2lms.web.login import current_actor


@pages.get(f"{INSTRUMENT}/garis/<question>")
@requires(READ_WAVE)
def trend(code: str, question: str) -> ResponseReturnValue:
    """A question through the waves of one kind: joined, marked or broken where its instrument changed."""
    page = service.trend_page(current_actor(), code, question, request.args.get("gelombang", ""))
    return render_template("evaluation/trend.html", page=page, drawings=_drawings(page))


def _drawings(page: service.TrendPage) -> list[Drawing]:
    months = [_month(point, page.percent) for point in page.points]
    title = f"{page.question.code}. {page.question.ask}"
    return [charts.series(width, title, months, None) for width in charts.WIDTHS] if len(months) > 1 else []


def _month(point: Any, percent: bool) -> Month:
    figure = point.figure
    says = f"{figure.title}: {number(figure.value, 1)}{' %' if percent else ''}, n = {figure.n}"
    mark = point.change if point.link in {MARKED, BROKEN} else ""
    return Month(
        f"{figure.day:%m/%y}",
        figure.value,
        figure.doubt,
        says=says,
        lifts=point.link == BROKEN,
        mark=mark,
    )


@pages.get(f"{WAVE}/sisi")
@requires(READ_WAVE)
def sides(wave_id: int) -> ResponseReturnValue:
    """What the pendamping, the supervisor, the observer and the families say of the same."""
    return render_template("evaluation/sides.html", page=service.sides_page(current_actor(), wave_id))
