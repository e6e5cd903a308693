"""Pages: one's own certificates and their documents, those of a class, revoking, and the public check."""

from flask import Blueprint, Response, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import tries
from p2k2lms.core.access import allowed
from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.certificates import rules, service
from p2k2lms.plugins.certificates.forms import REISSUE, FileForm, RevokeForm
from p2k2lms.plugins.certificates.permissions import LIST, READ, REVOKE
from p2k2lms.plugins.certificates.values import CertificateCard
from p2k2lms.web.access import public, requires
from p2k2lms.web.login import current_actor
from p2k2lms.web.network import network
from p2k2lms.web.uploads import takes

pages = Blueprint("certificates", __name__)
TRIES_A_MINUTE = 30
FILES_A_MINUTE = 6


@pages.get("/sertifikat")
@requires(READ)
def mine() -> str:
    """One's own certificates, or what is still missing for the first."""
    return render_template("certificates/mine.html", shelf=service.own(current_actor()))


@pages.get("/sertifikat/<code>.pdf")
@requires(READ)
def document(code: str) -> Response:
    """The document itself; the name of the file carries the code."""
    found = service.download(current_actor(), code)
    answer = Response(found.pdf, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return answer


@pages.get("/angkatan/<int:angkatan_id>/sertifikat")
@requires(LIST)
def of_class(angkatan_id: int) -> str:
    """The certificates of a class for its staff."""
    actor = current_actor()
    angkatan, found = service.of_class(actor, angkatan_id, request.args.get("setelah", 0, type=int))
    later = found[-1].id if len(found) == service.PAGE else None
    revocable = {c.id for c in found if allowed(actor, REVOKE, c)}
    return render_template(
        "certificates/of_class.html",
        angkatan=angkatan,
        certificates=found,
        later=later,
        revocable=revocable,
        bundle=service.bundle(angkatan_id),
    )


@pages.post("/angkatan/<int:angkatan_id>/sertifikat/gambar")
@requires(LIST)
def draw_rest(angkatan_id: int) -> ResponseReturnValue:
    """Ask the worker for what is not drawn yet."""
    service.draw_rest(current_actor(), angkatan_id)
    return redirect(url_for("certificates.of_class", angkatan_id=angkatan_id), 303)


@pages.get("/angkatan/<int:angkatan_id>/sertifikat.zip")
@requires(LIST)
def archive(angkatan_id: int) -> Response:
    """All of a class in one file, packed while it is sent."""
    pieces = service.archive(current_actor(), angkatan_id)
    answer = Response(stream_with_context(pieces), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="sertifikat-{angkatan_id}.zip"'
    return answer


@pages.route("/sertifikat/<code>/cabut", methods=["GET", "POST"])
@requires(REVOKE)
def revoke(code: str) -> ResponseReturnValue:
    """Take a certificate back, with a reason."""
    actor, form = current_actor(), RevokeForm()
    card = service.to_revoke(actor, code)
    if form.validate_on_submit():
        change = service.reissue if form.what.data == REISSUE else service.revoke
        try:
            change(actor, card.code, form.reason.data or "")
            return redirect(_shelf_of(card), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    status = 422 if form.is_submitted() else 200
    return render_template("certificates/revoke.html", form=form, certificate=card), status


@pages.get("/cek")
@public
def ask() -> ResponseReturnValue:
    """The question; with `n`, the code that was typed, also its answer."""
    asked = request.args.get("n", "").strip()
    return _answer(asked) if asked else _checked(render_template("certificates/check.html", asked="", known=True))


@pages.get("/cek/<code>")
@public
def check(code: str) -> ResponseReturnValue:
    """What everybody may know of this code."""
    return _answer(code)


@pages.route("/cek/berkas", methods=["GET", "POST"])
@takes(service.MOST_BYTES + 16 * 1024)
@public
def check_file() -> ResponseReturnValue:
    """Whether an uploaded PDF is ours and unchanged; the file is looked at and not kept."""
    form, page = FileForm(), "certificates/check_file.html"
    if request.method != "POST":
        return _checked(render_template(page, form=form))
    data = form.sent()
    try:
        service.must_be_pdf(data)
    except Invalid as refusal:
        form.refuse(refusal)
        return _checked(render_template(page, form=form), 422)
    if not tries.may_knock("certificates.check_file", network(), FILES_A_MINUTE):
        slow = _checked(render_template(page, form=form, wait=True), 429)
        slow.headers["Retry-After"] = "60"
        return slow
    return _checked(render_template(page, form=form, verdict=service.check_file(data)))


def _answer(asked: str) -> ResponseReturnValue:
    if not tries.may_knock("certificates.check", network(), TRIES_A_MINUTE):
        slow = _checked(render_template("certificates/check.html", asked=asked, known=True, wait=True), 429)
        slow.headers["Retry-After"] = "60"
        return slow
    found = service.check(asked)
    page = render_template("certificates/check.html", asked=asked, known=found is not None, found=found)
    return _checked(page, 200 if found else 404)


def _checked(page: str, status: int = 200) -> Response:
    """For everybody, for nobody's index, and never from yesterday's copy."""
    answer = Response(page, status)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def grouped(code: str) -> str:
    """A code as people read it, for the templates."""
    return rules.grouped(code)


pages.app_template_filter("certificate_code")(grouped)


def _shelf_of(card: CertificateCard) -> str:
    """Where an officer came from: the certificates of the class, or the page of the person."""
    if card.angkatan_id is None:
        return f"/orang/{card.person_id}/hasil"
    return url_for("certificates.of_class", angkatan_id=card.angkatan_id)
