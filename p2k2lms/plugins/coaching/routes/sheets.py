"""Pages: a sheet to fill, a filled one with both sides, a person's sheets over time, and those of a class."""

import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import photos, press, qr
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.plugins.coaching import service
from p2k2lms.plugins.coaching.permissions import CREATE_OBSERVATION, READ_OBSERVATION
from p2k2lms.plugins.coaching.routes.blueprint import KEPT, MOST, faults_of, pages, send
from p2k2lms.plugins.coaching.values.words import CONTEXTS, NO, NOT_SEEN, PRACTICE
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor
from p2k2lms.web.uploads import A_FORM, takes

PLAIN = ("on_day", "context", "adapted", "evidence", "administrative", "educative", "supportive", "subject")
NEW = f"/bimbingan/amatan/baru/<int(max={MOST}):person_id>/<int(max={MOST}):version_id>/<sesi>"


@pages.route(NEW, methods=["GET", "POST"])
@takes(A_FORM)
@requires(CREATE_OBSERVATION)
def observe(person_id: int, version_id: int, sesi: str) -> ResponseReturnValue:
    """A sheet to fill: the langkah, the behaviours with their described levels, and notes."""
    form = service.form(current_actor(), person_id, version_id, sesi)
    known, faults = _known(), dict[str, str]()
    if request.method == "POST":
        known = {name: request.form.get(name, "") for name in PLAIN}
        photo, faults = _photo()
        about = {"person": person_id, "version_id": version_id, "sesi": sesi, "photo": photo}
        answer = None if faults else send("observation", known | _signs(form) | about)
        if answer and answer.status in KEPT:
            return redirect(url_for("coaching.show_sheet", sheet_id=answer.id), 303)
        faults = faults_of(answer) if answer else faults
    page = render_template("coaching/sheet_form.html", form=form, known=known, faults=faults, back=_back())
    return page, 422 if faults else 200


@pages.get(f"{NEW}/lembar.pdf")
@requires(CREATE_OBSERVATION)
def paper(person_id: int, version_id: int, sesi: str) -> ResponseReturnValue:
    """The sheet to fill by hand; its QR opens the screen that mirrors it."""
    form = service.form(current_actor(), person_id, version_id, sesi)
    address = url_for("coaching.observe", person_id=person_id, version_id=version_id, sesi=sesi, _external=True)
    html = render_template("coaching/sheet_paper.html", form=form, qr=qr.svg(address))
    answer = make_response(press.pdf(html, Path(str(current_app.template_folder)) / "enrolment" / "paper.css"))
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="amatan-{person_id}-{sesi}.pdf"'
    return answer


def _photo() -> tuple[str, dict[str, str]]:
    """The hash of the photo of a form without script, kept already; or why it was not kept."""
    file = request.files.get("foto")
    if file is None or not file.filename:
        return "", {}
    with closing(file):
        if "photo_ok" not in request.form:
            return "", {"photo": _("Centang dulu bahwa tidak ada wajah anak tanpa izin.")}
        try:
            return photos.receive(current_actor(), file.read()), {}
        except (Invalid, Conflict) as refusal:
            return "", {"photo": str(refusal)}


def _known() -> dict[str, str]:
    """What the link says already."""
    context = request.args.get("konteks", PRACTICE)
    subject = request.args.get("tentang", "")
    known = {"context": context if context in CONTEXTS else PRACTICE, "subject": subject}
    return known | {"on_day": request.args.get("hari", "")}


def _signs(form: Any) -> dict[str, str]:
    """Ticks and levels of a form without script, in the order of the sheet; a phone sends them joined."""
    if request.form.get("scores"):
        return {"scores": request.form["scores"], "steps": request.form.get("steps", "")}
    ticks = [request.form.get(f"sent_step_{n}", "") for n in range(len(form.cards))]
    levels = [request.form.get(f"sent_level_{n}", NOT_SEEN) for n in range(len(form.rubric.behaviours))]
    return {"scores": "".join(levels), "steps": "".join(t or NO for t in ticks) if any(ticks) else ""}


def _back() -> str:
    """Where the arrow leads: the path that the link came from, else the sheets."""
    path_id, number = request.args.get("jalur", 0, type=int), request.args.get("pertemuan", 0, type=int)
    if 0 < path_id <= MOST and 0 < number <= 40:
        return url_for("coaching.stage", path_id=path_id, number=number)
    return url_for("coaching.index")


@pages.get("/bimbingan/amatan/<uuid:sheet_id>")
@requires(READ_OBSERVATION)
def show_sheet(sheet_id: uuid.UUID) -> str:
    """A filled sheet: both sides and their difference."""
    return render_template("coaching/sheet.html", found=service.seen(current_actor(), sheet_id))


@pages.get(f"/bimbingan/amatan/<uuid:sheet_id>/foto/<int(max={MOST}):photo_id>")
@requires(READ_OBSERVATION)
def photo(sheet_id: uuid.UUID, photo_id: int) -> ResponseReturnValue:
    """The picture itself; it never changes, so this phone may keep it, and nobody between."""
    answer = make_response(service.photo(current_actor(), sheet_id, photo_id))
    answer.mimetype = "image/jpeg"
    answer.headers["Cache-Control"] = f"private, max-age={int(photos.KEPT.total_seconds()) // 365}"
    return answer


@pages.get(f"/bimbingan/orang/<int(max={MOST}):person_id>/amatan")
@requires(READ_OBSERVATION)
def course(person_id: int) -> str:
    """All sheets about one person, and each behaviour over time."""
    return render_template("coaching/course.html", found=service.course(current_actor(), person_id))


@pages.get(f"/bimbingan/angkatan/<int(max={MOST}):angkatan_id>")
@requires(CREATE_OBSERVATION)
def of_class(angkatan_id: int) -> str:
    """The micro-teachings of a class."""
    found = service.class_sheets(current_actor(), angkatan_id)
    outline = service.outline(found.version_id)
    chosen = request.args.get("sesi", "")
    numbered = [sesi for sesi in outline.sesi.values() if sesi.number and sesi.written]
    if not numbered:
        raise NotFound("sesi")
    sesi = next((s for s in numbered if s.id == chosen), numbered[0])
    return render_template("coaching/of_class.html", found=found, numbered=numbered, sesi=sesi)
