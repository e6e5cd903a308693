"""The bridge to paper: a roster and an attendance sheet to print, and a screen that mirrors the sheet."""

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import qr
from p2k2lms.core.i18n import _
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.permissions import READ_GROUP
from p2k2lms.plugins.fieldwork.routes.blueprint import GROUP, pages
from p2k2lms.plugins.fieldwork.routes.monthly import paper
from p2k2lms.plugins.fieldwork.routes.reports import KEPT, faults_of, send
from p2k2lms.plugins.fieldwork.rules import paper as rules
from p2k2lms.plugins.fieldwork.values import roster
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

PLAIN = ("on_day", "start", "minutes", "obstacle", "note", "place")


@pages.get(f"{GROUP}/daftar.pdf")
@requires(READ_GROUP)
def roster_pdf(group_id: int) -> Response:
    """The roster with room for names that are written by hand and never typed in."""
    card = service.group(current_actor(), group_id)
    return paper("roster_pdf", f"daftar-{group_id}.pdf", card=card, rows=_rows(card.members))


def _rows(members: int) -> range:
    return range(1, min(members, rules.MOST_ROWS) + 1)


@pages.get(f"{GROUP}/lembar/<sesi>.pdf")
@requires(READ_GROUP)
def sheet_pdf(group_id: int, sesi: str) -> Response:
    """Attendance in front, the langkah on the back; the QR opens the screen that mirrors it."""
    lesson = service.lesson(current_actor(), group_id, sesi)
    address = url_for("fieldwork.type_in", group_id=group_id, sesi=sesi, _external=True)
    about = {"lesson": lesson, "qr": qr.svg(address), "rows": _rows(lesson.group.members)}
    return paper("sheet_pdf", f"lembar-{group_id}-{sesi}.pdf", **about)


@pages.route(f"{GROUP}/kertas/<sesi>", methods=["GET", "POST"])
@requires(READ_GROUP)
def type_in(group_id: int, sesi: str) -> ResponseReturnValue:
    """The sheet again on the screen: one sign a row, Enter moves on."""
    lesson, faults = service.lesson(current_actor(), group_id, sesi), dict[str, str]()
    odd: list[int] = []
    if request.method == "POST":
        came = request.form.getlist("came")
        if odd := rules.odd_rows(came):
            faults = {"came": _("Baris %(rows)s: isi 1, 2, atau kosong.", rows=", ".join(map(str, odd[:5])))}
        else:
            answer = send("meeting", _payload(lesson, came))
            if answer.status in KEPT:
                return redirect(url_for("fieldwork.show_meeting", meeting_id=answer.id), 303)
            faults = faults_of(answer)
    about = {"lesson": lesson, "faults": faults, "odd": odd, "rows": _rows(lesson.group.members)}
    page = render_template("fieldwork/type_in.html", **about)
    return page, 422 if faults else 200


def _payload(lesson: service.Lesson, came: list[str]) -> dict[str, Any]:
    women, men = rules.counts(came)
    ticks = {"numbers": [roster.spelled(rules.ticked(came))]}
    more = {name: [request.form.get(name) or "0"] for name in ("children", "homework")}
    about = {"version_id": lesson.course.version_id, "sesi": lesson.sesi.id, "steps": request.form.getlist("steps")}
    said = {name: request.form.get(name, "") for name in PLAIN}
    return {"groups": [lesson.group.id], "women": [women], "men": [men], **ticks, **more, **about, **said}
