"""Pages of the studio for items: the bank of a course, one item in its editor, question files in and out."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import workbook
from p2k2lms.core.errors import Conflict, Fault, Invalid
from p2k2lms.plugins.assessment import service
from p2k2lms.plugins.assessment.formats import MOST_BYTES, WRITERS, read, table
from p2k2lms.plugins.assessment.formats.question import KINDS
from p2k2lms.plugins.assessment.item_forms import data_of, fields_of, filled, rows_of, spares_of
from p2k2lms.plugins.assessment.permissions import CHANGE_ITEM, LIST_ITEMS
from p2k2lms.plugins.assessment.words import field_spot, field_words, hint_words, kind_words
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor
from p2k2lms.web.uploads import takes

item_pages = Blueprint("assessment_items", __name__, url_prefix="/studio/soal")
item_pages.add_app_template_global(kind_words)
item_pages.add_app_template_global(catalogue.form_words)
item_pages.add_app_template_global(field_words)
item_pages.add_app_template_global(field_spot)
item_pages.add_app_template_global(hint_words)
BESIDE_THE_FILE = 256 * 1024  # bytes of the other fields of its form


@item_pages.get("")
@requires(LIST_ITEMS)
def index() -> str:
    """The courses whose items can be edited."""
    return render_template("assessment/bank_courses.html", courses=service.courses_with_items(current_actor()))


@item_pages.get("/<course>")
@requires(LIST_ITEMS)
def bank(course: str) -> str:
    """Every item by sesi, and what has just arrived."""
    sesi = request.args.get("sesi", "")
    found = service.bank_of(current_actor(), course)
    sesi = sesi if sesi in found.sesi else ""
    lost = service.losses(found, sesi)
    return render_template("assessment/bank.html", bank=found, sesi=sesi, formats=WRITERS, lost=lost)


@item_pages.get("/<course>/ekspor/<format>")
@requires(LIST_ITEMS)
def export(course: str, format: str) -> Response:
    """The items as a file, keys included."""
    made = service.export_items(current_actor(), course, format, request.args.get("sesi", ""))
    return _file(made.content, f"soal-{course}.{made.writer.ending}", made.writer.mimetype)


@item_pages.get("/contoh.xlsx")
@requires(LIST_ITEMS)
def example() -> Response:
    """The template for spreadsheets with one line of each kind."""
    content = b"".join(workbook.as_xlsx(table.rows(table.EXAMPLES)))
    return _file(content, "contoh-soal.xlsx", WRITERS["xlsx"].mimetype)


def _file(content: bytes, name: str, mimetype: str) -> Response:
    response = make_response(content)
    response.mimetype = mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@item_pages.route("/<course>/impor", methods=["GET", "POST"])
@takes(MOST_BYTES + BESIDE_THE_FILE)
@requires(CHANGE_ITEM)
def import_items(course: str) -> ResponseReturnValue:
    """A question file or pasted text: looked at first; taken in with the second button."""
    bank, delivery, fault, kept = service.bank_of(current_actor(), course), None, "", 0
    if request.method == "POST":
        try:
            data = _sent(course)
            delivery = service.look(current_actor(), course, read(data))
            if request.form.get("do") == "apply":
                service.take_in(current_actor(), delivery)
                return redirect(url_for("assessment_items.bank", course=course, masuk=len(delivery.arrivals)), 303)
            kept = service.keep_file(current_actor(), course, data)
        except (Invalid, Conflict) as refusal:
            fault = str(refusal)
    page = render_template(
        "assessment/import.html",
        bank=bank,
        delivery=delivery,
        fault=fault,
        kept=kept,
        most=MOST_BYTES // 1024**2,
        pasted=request.form.get("text", ""),
    )
    return page, 422 if fault else 200


def _sent(course: str) -> bytes:
    """The file, else the pasted text, else what was kept of either."""
    file = request.files.get("file")
    if file and file.filename:
        sent: bytes = file.read(MOST_BYTES + 1)
        return sent
    if request.form.get("text", "").strip():
        return request.form["text"].encode()
    return service.kept_file(current_actor(), course, request.form.get("kept", ""))


@item_pages.route("/<course>/baru", methods=["GET", "POST"])
@requires(CHANGE_ITEM)
def new(course: str) -> ResponseReturnValue:
    """A new item of the kind that was chosen."""
    kind = request.args.get("jenis", "single")
    sesi = request.args.get("sesi", "")
    blank = {"kind": kind if kind in KINDS else "single", "form": "cek"}
    return _edit(course, service.bank_of(current_actor(), course), blank, "", sesi)


@item_pages.route("/<course>/butir/<item>", methods=["GET", "POST"])
@requires(CHANGE_ITEM)
def edit(course: str, item: str) -> ResponseReturnValue:
    """One item: its fields, how it is asked, and what strikes."""
    found_in = service.bank_of(current_actor(), course)
    found = service.item_in(found_in, item)
    return _edit(course, found_in, found.data, found.mark, request.args.get("sesi", found.sesi))


def _edit(course: str, bank: Any, data: Mapping[str, Any], mark: str, sesi: str) -> ResponseReturnValue:
    fields, status, clash = fields_of(data), 200, None
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        fields = {**request.form.to_dict(), "kind": fields["kind"]}
        data = data_of(fields)
        if request.form.get("do") != "look":
            try:
                name = service.save_item(current_actor(), course, data, request.form.get("mark", ""))
                return redirect(url_for("assessment_items.edit", course=course, item=name, simpan=1), 303)
            except Conflict as refusal:
                faults, status, clash = (Fault("", str(refusal)),), 409, fields_of(_now(bank, mark))
            except Invalid as refusal:
                faults, status = refusal.faults, 422
    place = bank.sesi_of(fields.get("objective", "")) or bank.sesi.get(sesi)
    page = render_template(
        "assessment/item.html",
        bank=bank,
        place=place,
        fields=fields,
        faults=faults,
        draft=service.judged(bank, data, mark),
        rows=rows_of(fields),
        shown=filled(fields),
        spares=spares_of(fields),
        mark=request.form.get("mark", mark) if status == 422 else mark,
        clash=clash,
    )
    return page, status


def _now(bank: Any, mark: str) -> Mapping[str, Any]:
    """What stands in the place of an item that somebody else has changed."""
    return next((item.data for item in bank.items if item.mark == mark), {})


@item_pages.post("/<course>/hapus/<item>")
@requires(CHANGE_ITEM)
def remove(course: str, item: str) -> ResponseReturnValue:
    """Take an item out of the drafts."""
    service.remove_item(current_actor(), course, item)
    return redirect(url_for("assessment_items.bank", course=course), 303)
