"""Pages: the marks of a class with its files, its closing, and the file of all people in one's care."""

from collections.abc import Iterable, Iterator, Sequence

from flask import Blueprint, Response, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import workbook
from p2k2lms.core.access import allowed
from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.progress import service, words
from p2k2lms.plugins.progress.forms import AllForm, DecisionForm
from p2k2lms.plugins.progress.permissions import CHANGE_VERSION, DECIDE_COMPLETION, LIST_PEOPLE, READ_MARKS
from p2k2lms.plugins.progress.values import MarksRow, PersonRow
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

pages = Blueprint("progress", __name__)
BASE = "/angkatan/<int:angkatan_id>"
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get(f"{BASE}/nilai")
@requires(READ_MARKS)
def marks(angkatan_id: int) -> str:
    """The marks grid of a class."""
    found = service.marks(current_actor(), angkatan_id)
    shown, asked = service.shown_rows(found), request.args.get("saring", "")
    chosen = asked if asked in shown else ""
    return render_template(
        "progress/marks.html",
        found=found,
        rows=shown[chosen],
        chosen=chosen,
        numbers={name: len(rows) for name, rows in shown.items()},
        there=service.counts(found),
        places=service.places(found),
        decided=words.decided,
        may_decide=allowed(current_actor(), DECIDE_COMPLETION, found.angkatan),
        may_open=assessment.may_read_answers(current_actor(), found.angkatan),
    )


@pages.get(f"{BASE}/nilai.csv")
@requires(READ_MARKS)
def marks_csv(angkatan_id: int) -> Response:
    rows = _marks_table(service.class_rows(current_actor(), angkatan_id))
    return _file(workbook.as_csv(rows), CSV, f"nilai-{angkatan_id}.csv")


@pages.get(f"{BASE}/nilai.xlsx")
@requires(READ_MARKS)
def marks_xlsx(angkatan_id: int) -> Response:
    rows = _marks_table(service.class_rows(current_actor(), angkatan_id))
    return _file(workbook.as_xlsx(rows), XLSX, f"nilai-{angkatan_id}.xlsx")


@pages.get("/angkatan/binaan.csv")
@requires(LIST_PEOPLE)
def people_csv() -> Response:
    """Everybody in the actor's care, sent while it is read."""
    rows = _people_table(service.all_people(current_actor()))
    return _file(workbook.as_csv(rows), CSV, "binaan.csv")


@pages.get("/angkatan/binaan.xlsx")
@requires(LIST_PEOPLE)
def people_xlsx() -> Response:
    rows = _people_table(service.all_people(current_actor()))
    return _file(workbook.as_xlsx(rows), XLSX, "binaan.xlsx")


@pages.get(f"{BASE}/tutup")
@requires(DECIDE_COMPLETION)
def closing(angkatan_id: int) -> str:
    """Who waits for a decision, with what the rule proposes."""
    return _closing(angkatan_id, None, 0)


@pages.post(f"{BASE}/tutup")
@requires(DECIDE_COMPLETION)
def close(angkatan_id: int) -> ResponseReturnValue:
    service.close(current_actor(), angkatan_id)
    return redirect(url_for("enrolment.show", angkatan_id=angkatan_id), 303)


@pages.post(f"{BASE}/tutup/semua")
@requires(DECIDE_COMPLETION)
def decide_all(angkatan_id: int) -> ResponseReturnValue:
    """The proposals accepted; where that decides about nobody, the page says so and why."""
    if service.decide_all(current_actor(), angkatan_id, bool(AllForm().also_failed.data)):
        return redirect(url_for("progress.closing", angkatan_id=angkatan_id), 303)
    return _closing(angkatan_id, None, 0, nobody=True), 409


@pages.post(f"{BASE}/tutup/<int:enrolment_id>")
@requires(DECIDE_COMPLETION)
def decide(angkatan_id: int, enrolment_id: int) -> ResponseReturnValue:
    form = DecisionForm()
    if form.validate_on_submit():
        try:
            service.decide(current_actor(), angkatan_id, enrolment_id, form.decision.data or "", form.note.data or "")
            return redirect(url_for("progress.closing", angkatan_id=angkatan_id), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    return _closing(angkatan_id, form, enrolment_id), 422


@pages.route(f"{BASE}/versi", methods=["GET", "POST"])
@requires(CHANGE_VERSION)
def version(angkatan_id: int) -> ResponseReturnValue:
    """What a newer version changes for a class, and the move to it."""
    message = ""
    if request.method == "POST":
        seen, wanted = (request.form.get(name, default=0, type=int) for name in ("dari", "ke"))
        try:
            service.move_class(current_actor(), angkatan_id, seen, wanted)
            return redirect(url_for("progress.version", angkatan_id=angkatan_id, pindah=1), 303)
        except Conflict as refusal:
            message = str(refusal)
    move = service.class_move(current_actor(), angkatan_id, max(request.args.get("setelah", default=0, type=int), 0))
    return render_template("progress/version.html", move=move, message=message), 409 if message else 200


def _closing(angkatan_id: int, form: DecisionForm | None, about: int, nobody: bool = False) -> str:
    shown = {"found": service.closing(current_actor(), angkatan_id), "form": form, "about": about, "nobody": nobody}
    return render_template("progress/closing.html", decided=words.decided, **shown)


def _file(pieces: Iterator[bytes], kind: str, name: str) -> Response:
    answer = Response(stream_with_context(pieces), mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _marks_table(rows: Iterable[MarksRow]) -> Iterator[Sequence[workbook.Cell]]:
    """The grid as rows of a file, its head first."""
    said = words.decisions()
    yield (
        _("Nama"),
        _("Kartu dibaca"),
        _("Kartu wajib"),
        _("Pre-test"),
        _("Post-test"),
        _("Naik"),
        _("Putusan"),
        _("Hadir"),
        *words.place_columns(),
    )
    for r in rows:
        yield r.name, r.read, r.required, r.pre, r.post, r.gain, said[r.decision], r.attendance, *words.places(r)


def _people_table(rows: Iterable[PersonRow]) -> Iterator[Sequence[workbook.Cell]]:
    """People as rows of a file, their head first; who learns nothing has no decision."""
    said = words.decisions()
    yield (
        *(_("Nama"), _("Unit"), _("Kursus"), _("Kartu dibaca"), _("Kartu wajib")),
        *(_("Pre-test"), _("Post-test"), _("Putusan")),
    )
    for r in rows:
        decision = said[r.decision] if r.course else ""
        yield r.name, r.unit, r.course, r.read, r.required, r.pre, r.post, decision
