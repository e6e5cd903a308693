"""The finished pages of a certificate, and their PDF."""

from pathlib import Path

from flask import current_app

from p2k2lms.core import press, qr
from p2k2lms.plugins.certificates import rules
from p2k2lms.plugins.certificates.values import STTPP, Sheet


def render(sheet: Sheet, address: str) -> bytes:
    """The PDF of a certificate, two pages; `address` is where its code can be checked."""
    return draw(document(sheet, address))


def document(sheet: Sheet, address: str) -> str:
    """The finished HTML of both pages."""
    name = "sttpp" if sheet.kind == STTPP else "keterangan"
    page = current_app.jinja_env.get_template(f"certificates/{name}.html")
    return page.render(sheet=sheet, code=rules.grouped(sheet.code), address=address, qr=qr.svg(address))


def draw(html: str) -> bytes:
    """The HTML as PDF."""
    return press.pdf(html, Path(str(current_app.template_folder)) / "certificates" / "sttpp.css")
