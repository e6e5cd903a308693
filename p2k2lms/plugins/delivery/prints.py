"""The flip chart and the worksheet of a sesi as PDF: made once for each version and kept, for neither changes."""

import base64
import threading
from collections import OrderedDict
from pathlib import Path

from flask import current_app, render_template

from p2k2lms.core import press
from p2k2lms.core.i18n import language
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.delivery import rules
from p2k2lms.plugins.delivery.values import PrintedSesi
from p2k2lms.plugins.delivery.words import sesi_name

MOST = 24  # sheets that one process keeps ready, of about 100 kB each
DAYS = 7
_lock = threading.Lock()
_Kept = OrderedDict[tuple[int, str, str, str], tuple[PrintedSesi, bytes]]


def flipchart(printed: PrintedSesi) -> bytes:
    """A4 landscape for both sides: a picture in front, on its back what is said over it."""
    return _made("flipchart", printed)


def worksheet(printed: PrintedSesi) -> bytes:
    """A4 portrait: a page for the family to take home, a page for the pendamping."""
    return _made("worksheet", printed)


def _made(kind: str, printed: PrintedSesi) -> bytes:
    kept: _Kept = current_app.extensions.setdefault("delivery_prints", OrderedDict())
    key = (printed.version_id, printed.sesi.id, kind, language())
    with _lock:
        if (found := kept.get(key)) is not None and found[0] == printed:  # the number may have been given anew
            kept.move_to_end(key)
            return found[1]
    made = _printed(kind, printed)
    with _lock:
        kept[key] = (printed, made)
        while len(kept) > MOST:
            kept.popitem(last=False)
    return made


def _printed(kind: str, printed: PrintedSesi) -> bytes:
    about = {"sesi": printed.sesi, "sheet": printed.sheet, "name": sesi_name(printed.sesi), "days": DAYS}
    html = render_template(f"delivery/{kind}_pdf.html", leaves=rules.leaves(printed.cards), **about)
    return press.pdf(
        _with_photos(html, printed.version_id), Path(str(current_app.template_folder)) / "delivery" / f"{kind}.css"
    )


def _with_photos(html: str, version_id: int) -> str:
    """The photos inside the document, for the press reaches for nothing outside it."""
    for address in catalogue.photos(version_id):
        if address in html:
            sha, _dot, kind = address.rpartition("/")[2].partition(".")
            body = base64.b64encode(catalogue.media(sha) or b"").decode()
            html = html.replace(address, f"data:image/{kind};base64,{body}")
    return html
