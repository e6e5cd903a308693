"""Slips with codes, several on a page, as PDF."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import current_app

from p2k2lms.core import press, qr


def slips(people: Sequence[Any], address: str) -> bytes:
    """Eight slips on each A4 page, to be cut; `people` have name, pkh_id, code and until."""
    html = current_app.jinja_env.get_template("identity/slips.html")
    made = html.render(people=people, address=address, bare=address.partition("://")[2], qr=qr.svg(address))
    return press.pdf(made, Path(str(current_app.template_folder)) / "identity" / "slips.css")
