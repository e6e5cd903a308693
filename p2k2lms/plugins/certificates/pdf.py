"""Draws a certificate as PDF; the only file that knows WeasyPrint and segno.

The library is loaded with the first drawing, so that a web process starts fast. One font
configuration serves the whole process and no picture cache is kept: both would grow with every
document. Drawing is one at a time, for it is pure computing and the library shares its fonts.
"""

import io
import logging
import threading
from functools import cache
from pathlib import Path
from typing import Any

import segno
from flask import current_app
from markupsafe import Markup

from p2k2lms.plugins.certificates import rules
from p2k2lms.plugins.certificates.values import Sheet

NOISY = ("weasyprint", "fontTools")
_one_at_a_time = threading.Lock()


def render(sheet: Sheet, address: str) -> bytes:
    """The PDF of a certificate, two pages; `address` is where its code can be checked."""
    return draw(document(sheet, address))


def document(sheet: Sheet, address: str) -> str:
    """The finished HTML of both pages."""
    page = current_app.jinja_env.get_template("certificates/sttpp.html")
    return page.render(sheet=sheet, code=rules.grouped(sheet.code), address=address, qr=_qr(address))


def draw(html: str) -> bytes:
    """The HTML as PDF, reaching for nothing outside itself."""
    with _one_at_a_time:
        press = _press(Path(str(current_app.template_folder)) / "certificates" / "sttpp.css")
        return press.print(html)


def _qr(address: str) -> Markup:
    """The QR of an address as an inline drawing."""
    drawing = io.BytesIO()
    segno.make_qr(address, error="m").save(
        drawing,
        kind="svg",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        border=0,
        dark="#0e2024",
        svgclass="qr",
        lineclass=None,
    )
    return Markup(drawing.getvalue().decode())


class _Press:
    """The library with its fonts and its style sheet, once per process."""

    def __init__(self, stylesheet: Path) -> None:
        for name in NOISY:
            logging.getLogger(name).setLevel(logging.ERROR)
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher

        self._library: Any = weasyprint
        self._fonts = FontConfiguration()
        self._sealed = URLFetcher(allowed_protocols=(), allow_redirects=False)
        self._style = weasyprint.CSS(
            string=stylesheet.read_text("utf-8"), font_config=self._fonts, url_fetcher=self._sealed
        )

    def print(self, html: str) -> bytes:
        """The PDF of one document."""
        whole = self._library.HTML(string=html, url_fetcher=self._sealed)
        made: bytes = whole.write_pdf(stylesheets=[self._style], font_config=self._fonts, pdf_variant="pdf/ua-1")
        return made


@cache
def _press(stylesheet: Path) -> _Press:
    return _Press(stylesheet)
