"""The icons, drawn into the page where they stand: no request, and they work in a page kept on the phone."""

from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from flask import Flask
from markupsafe import Markup

SHEET = Path(__file__).parent / "icons.svg"
SVG = "{http://www.w3.org/2000/svg}"
FRAME = Markup('<svg class="i{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>')


def install(app: Flask) -> None:
    """Give the templates `icon(name, classes)` and `mark()`."""
    app.jinja_env.globals.update(icon=icon, mark=lambda: drawings()["mark"], icon_names=names)


@cache
def icon(name: str, classes: str = "") -> Markup:
    """An icon for the eye; a word stands beside it for everybody. A name that does not exist is a KeyError."""
    return FRAME.format(f" {classes}" if classes else "", drawings()[name])


def names() -> list[str]:
    """Every icon, for the component page."""
    return [name for name in drawings() if name != "mark"]


@cache
def drawings() -> dict[str, Markup]:
    """The inside of each symbol of the sheet."""
    ElementTree.register_namespace("", SVG[1:-1])
    symbols = ElementTree.parse(SHEET).getroot().iter(f"{SVG}symbol")  # noqa: S314 - our own file
    return {symbol.attrib["id"]: Markup("").join(_path(shape) for shape in symbol) for symbol in symbols}


def _path(shape: ElementTree.Element) -> Markup:
    said = Markup("").join(Markup(' {}="{}"').format(key, value) for key, value in shape.attrib.items())
    return Markup("<path{}/>").format(said)
