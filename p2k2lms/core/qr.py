"""Draws an address as QR; the only file that knows segno."""

import io

import segno
from markupsafe import Markup

DARK = "#0e2024"


def svg(address: str, quiet: int = 0) -> Markup:
    """The QR as an inline drawing that fills its box; `quiet` is the white border in modules."""
    drawing = io.BytesIO()
    segno.make_qr(address, error="m").save(
        drawing,
        kind="svg",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        border=quiet,
        dark=DARK,
        light="#fff" if quiet else None,
        svgclass="qr",
        lineclass=None,
    )
    return Markup(drawing.getvalue().decode())
