"""Codes that let people in: slips and texts for those who never came, a reset, and the list of resets."""

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from p2k2lms.core import clock, workbook
from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.core.i18n import _, long_date
from p2k2lms.plugins.identity import pdf, service
from p2k2lms.plugins.identity.permissions import CREATE_ACTIVATION, CREATE_RESET_CODE, LIST_RESET_CODES
from p2k2lms.plugins.identity.routes.blueprint import pages
from p2k2lms.plugins.identity.routes.importing import XLSX
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

MOST = 2**31 - 1


@pages.route("/kelola/kode", methods=["GET", "POST"])
@requires(CREATE_ACTIVATION)
def activation() -> ResponseReturnValue:
    """Who never came in yet; a button makes codes for those who are ticked, as slips or as texts."""
    fault = ""
    if request.method == "POST":
        ids = [int(text) for text in request.form.getlist("people") if text.isdecimal() and len(text) < 11]
        try:
            return _told(service.activation_codes(current_actor(), ids))
        except Invalid as refusal:
            fault = str(refusal)
    after = (request.args.get("sesudah", "")[:120], request.args.get("id", 0, type=int))
    lines, later = service.waiting(current_actor(), after)
    page = render_template("identity/activation.html", lines=lines, later=later, fault=fault)
    return page, 422 if fault else 200


@pages.post(f"/kelola/orang/<int(max={MOST}):person_id>/kode")
@requires(CREATE_ACTIVATION)
def activation_code(person_id: int) -> ResponseReturnValue:
    """One code for one person, shown once with a text that is ready to send."""
    made = service.activation_codes(current_actor(), [person_id])[0]
    return render_template("identity/code_made.html", made=made, text=_text(made), activates=True)


@pages.route(f"/orang/<int(max={MOST}):person_id>/kode", methods=["GET", "POST"])
@requires(CREATE_RESET_CODE)
def reset_code(person_id: int) -> ResponseReturnValue:
    """Help somebody who lost the password: a code that is read aloud, shown once."""
    actor = current_actor()
    if request.method == "POST":
        try:
            made = service.reset_code(actor, person_id)
            return render_template("identity/code_made.html", made=made, text="", activates=False)
        except Conflict:
            pass  # the page below says why
    why = service.reset_hindrance(actor, person_id)
    page = render_template("identity/reset.html", person=service.person(person_id), why=why)
    return page, 409 if why and request.method == "POST" else 200


@pages.get("/orang/kode")
@requires(LIST_RESET_CODES)
def resets() -> ResponseReturnValue:
    """Every reset code for people of one's units: for whom, by whom, and whether it was used."""
    lines, later = service.resets(current_actor(), request.args.get("sebelum", type=int))
    return render_template("identity/resets.html", lines=lines, later=later)


def _told(made: list[service.NewCode]) -> Response:
    """Slips on paper, or a sheet of texts; either shows the codes this one time."""
    if request.form.get("sebagai") == "teks":
        rows = [[_("Nama"), _("Nomor HP"), _("Kode"), _("Pesan")]]
        rows += [[one.name, one.phone or "", one.code, _text(one)] for one in made]
        answer = Response(workbook.as_xlsx(rows), mimetype=XLSX)
        name = "pesan-aktivasi.xlsx"
    else:
        answer, name = Response(pdf.slips(made, _address()), mimetype="application/pdf"), "slip-aktivasi.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _address() -> str:
    """Where a code is typed, as people write it."""
    return f"{current_app.config['PUBLIC_URL'] or request.host_url.rstrip('/')}/masuk/kode"


def _text(made: service.NewCode) -> str:
    until = long_date(clock.on_day(made.until, clock.HOME))
    about = {"name": made.name, "address": _address(), "code": made.code, "until": until}
    return _(
        "Halo %(name)s, akun Langkah P2K2 Anda siap. Buka %(address)s lalu tulis kode %(code)s. "
        "Kode berlaku sampai %(until)s, untuk satu kali, hanya untuk Anda.",
        **about,
    )
