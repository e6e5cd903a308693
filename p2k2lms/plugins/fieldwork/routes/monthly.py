"""Pages of the monthly report: one's own, those of the unit to acknowledge, and both as files."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from flask import Response, current_app, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import clock, press, workbook
from p2k2lms.core.errors import Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.workbook import Cell
from p2k2lms.plugins.catalogue.values import OBSTACLES
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.permissions import CREATE_MONTHLY, LIST_SIGNED, READ_MONTHLY
from p2k2lms.plugins.fieldwork.routes.blueprint import MOST, pages
from p2k2lms.plugins.fieldwork.routes.months import other_months, wanted_month
from p2k2lms.plugins.fieldwork.rules import months
from p2k2lms.plugins.fieldwork.values.monthly import Body
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

ONE = f"/laporan/<int(max={MOST}):person_id>/<code>"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def month_of_address(code: str) -> date:
    """The first day of 2026-11; another text is no page."""
    try:
        return date.fromisoformat(f"{code}-01")
    except ValueError as odd:
        raise NotFound("month") from odd


@pages.get(ONE)
@requires(READ_MONTHLY)
def monthly(person_id: int, code: str) -> ResponseReturnValue:
    """The month of one pendamping."""
    return _page(person_id, month_of_address(code))


def _page(person_id: int, day: date, fault: Invalid | None = None) -> ResponseReturnValue:
    page = service.monthly_page(current_actor(), person_id, day)
    html = render_template("fieldwork/monthly.html", page=page, fault=fault, **other_months(page.month))
    return html, 422 if fault else 200


@pages.post(ONE)
@requires(CREATE_MONTHLY)
def sign(person_id: int, code: str) -> ResponseReturnValue:
    """Signed with one tap, and on its way to both recipients."""
    day = month_of_address(code)
    page = service.monthly_page(current_actor(), person_id, day)
    if not page.own:
        raise NotFound("report")
    try:
        service.sign(current_actor(), day)
    except Invalid as refusal:
        return _page(person_id, day, refusal)
    return redirect(url_for("fieldwork.monthly", person_id=person_id, code=page.code), 303)


@pages.get(f"{ONE}.pdf")
@requires(READ_MONTHLY)
def monthly_pdf(person_id: int, code: str) -> Response:
    """The signed report on paper."""
    page = service.monthly_page(current_actor(), person_id, month_of_address(code), as_signed=True)
    return paper("monthly_pdf", f"laporan-p2k2-{page.code}-{person_id}.pdf", page=page)


def paper(template: str, name: str, **about: object) -> Response:
    """A document of the field as PDF."""
    html = render_template(f"fieldwork/{template}.html", **about)
    made = press.pdf(html, Path(str(current_app.template_folder)) / "fieldwork" / "print.css")
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


@pages.get(f"{ONE}.xlsx")
@requires(READ_MONTHLY)
def monthly_xlsx(person_id: int, code: str) -> Response:
    """The signed report as a sheet."""
    page = service.monthly_page(current_actor(), person_id, month_of_address(code), as_signed=True)
    return _sheet(_table([(page.name, page.body)]), f"laporan-p2k2-{page.code}-{person_id}.xlsx")


@pages.get("/wilayah")
@requires(LIST_SIGNED)
def inbox() -> ResponseReturnValue:
    """The signed reports of my unit."""
    after = request.args.get("setelah", 0, type=int)
    page = service.inbox(current_actor(), wanted_month(request.args.get("bulan") or _last_month()), after)
    return render_template("fieldwork/inbox.html", page=page, **other_months(page.month))


def _last_month() -> str:
    """Reports are about the month that is over."""
    return f"{months.earlier(months.month_of(clock.today())).first:%Y-%m}"


@pages.post("/wilayah")
@requires(LIST_SIGNED)
def acknowledge() -> ResponseReturnValue:
    """Received: one report, or all of the page."""
    code = request.form.get("bulan", "")
    ids = [int(text) for text in request.form.getlist("person") if text.isdecimal() and int(text) <= MOST]
    service.acknowledge(current_actor(), month_of_address(code), ids)
    return redirect(url_for("fieldwork.inbox", bulan=code), 303)


@pages.get("/wilayah.xlsx")
@requires(LIST_SIGNED)
def inbox_xlsx() -> Response:
    """Every signed report of the month in my unit, a line for each meeting."""
    day = wanted_month(request.args.get("bulan") or _last_month())
    return _sheet(_table(service.all_signed(current_actor(), day)), f"laporan-p2k2-{day:%Y-%m}.xlsx")


def _sheet(rows: Iterator[Sequence[Cell]], name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(stream_with_context(workbook.as_xlsx(rows)), mimetype=XLSX, headers=headers)


def _table(reports: object) -> Iterator[Sequence[Cell]]:
    """A line for each meeting, and one for each group without."""
    yield [
        _("Pendamping"), _("Desa"), _("Kelompok"), _("Keluarga"), _("Tanggal"), _("Sesi"), _("Seharusnya hadir"),
        _("Perempuan"), _("Laki-laki"), _("Anak"), _("Tugas rumah"), _("Langkah dilakukan"), _("Langkah"), _("Menit"),
        _("Kendala atau alasan"),
    ]  # fmt: skip
    pairs: Iterator[tuple[str, Body]] = iter(reports)  # type: ignore[call-overload]
    for name, body in pairs:
        for group in body.groups:
            about: list[Cell] = [name, group.desa, group.name, group.members]
            for met in group.meetings:
                counts: list[Cell] = [met.due, met.women, met.men, met.children, met.homework, met.done, met.steps]
                obstacle = str(OBSTACLES[met.obstacle][1]) if met.obstacle else ""
                yield [*about, met.day.isoformat(), met.sesi, *counts, met.minutes, obstacle]
            if not group.meetings:
                yield [*about, *[None] * 10, group.without]
