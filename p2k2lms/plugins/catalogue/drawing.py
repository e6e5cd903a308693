"""SVG drawings made safe to stand inside a page: known elements and attributes only, nothing from outside."""

import re
import xml.etree.ElementTree as ET
from html import escape
from xml.parsers import expat

from p2k2lms.core.i18n import _

SVG = "http://www.w3.org/2000/svg"
LARGEST = 200_000  # characters
DEEPEST = 40
ELEMENTS = frozenset(
    {
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "defs",
        "use",
        "title",
        "desc",
        "clipPath",
        "mask",
        "pattern",
        "linearGradient",
        "radialGradient",
        "stop",
        "symbol",
        "marker",
    }
)
ATTRIBUTES = frozenset(
    {
        "id",
        "viewBox",
        "width",
        "height",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "d",
        "points",
        "transform",
        "fill",
        "fill-opacity",
        "fill-rule",
        "stroke",
        "stroke-width",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-opacity",
        "stroke-miterlimit",
        "opacity",
        "color",
        "offset",
        "stop-color",
        "stop-opacity",
        "gradientUnits",
        "gradientTransform",
        "patternUnits",
        "patternTransform",
        "clip-path",
        "clip-rule",
        "clipPathUnits",
        "mask",
        "maskUnits",
        "preserveAspectRatio",
        "text-anchor",
        "dominant-baseline",
        "font-size",
        "font-weight",
        "font-family",
        "font-style",
        "letter-spacing",
        "dx",
        "dy",
        "rotate",
        "href",
        "fx",
        "fy",
        "spreadMethod",
        "visibility",
        "display",
        "markerWidth",
        "markerHeight",
        "markerUnits",
        "refX",
        "refY",
        "orient",
        "marker-start",
        "marker-mid",
        "marker-end",
        "vector-effect",
        "paint-order",
        "overflow",
        "textLength",
        "lengthAdjust",
    }
)
_LOCAL_URL = re.compile(r"url\(\s*['\"]?#([\w.-]+)['\"]?\s*\)")
_FORBIDDEN = re.compile(r"url\(|javascript:|data:|expression|@import|https?:|//", re.IGNORECASE)


class BadDrawing(Exception):
    """The text is no drawing that we can show; says why."""


def safe(text: str, alt: str, prefix: str) -> str:
    """The drawing for inline use; its ids get the prefix, so that two drawings on a page never mix."""
    root = _parse(text)
    if root.tag != f"{{{SVG}}}svg" or not root.get("viewBox"):
        raise BadDrawing(_("elemen akar harus <svg> dengan viewBox"))
    _refuse_growth(root)
    label = f' role="img" aria-label="{escape(alt)}"' if alt else ' aria-hidden="true"'
    return _write(root, prefix, label)


def foreign(text: str) -> list[str]:
    """The elements of SVG in this drawing that `safe` leaves out, which its author should know."""
    names = {element.tag.removeprefix(f"{{{SVG}}}") for element in _parse(text).iter()}
    return sorted(name for name in names if "}" not in name and name not in ELEMENTS)


def _refuse_growth(root: ET.Element) -> None:
    """A part that is used again may not itself use parts: nested, they grow without bound."""
    for part in root.iter():
        if part is not root and part.get("id") and part.find(f".//{{{SVG}}}use") is not None:
            raise BadDrawing(_("<use> di dalam bagian yang dipakai lagi: %(id)s", id=part.get("id")))


def _parse(text: str) -> ET.Element:
    if len(text) > LARGEST:
        raise BadDrawing(_("terlalu besar: %(size)s huruf, paling banyak %(most)s", size=len(text), most=LARGEST))
    builder, depth = ET.TreeBuilder(), 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise BadDrawing(_("terlalu dalam bersarang"))
        builder.start(_name(tag), {_name(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_name(tag))

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise BadDrawing(_("bukan SVG yang benar: %(why)s", why=error)) from error
    return builder.close()


def _refuse_doctype(*_about: object) -> None:
    raise BadDrawing(_("DOCTYPE tidak dipakai dalam gambar"))


def _name(tag: str) -> str:
    return "{" + tag if "}" in tag else tag


def _write(element: ET.Element, prefix: str, extra: str = "") -> str:
    name = element.tag.removeprefix(f"{{{SVG}}}")
    if name not in ELEMENTS:
        return ""
    attributes = "".join(
        f' {key}="{escape(value)}"'
        for key, raw in _attributes(element)
        if (value := _value(key, raw, prefix)) is not None
    )
    inner = escape(element.text or "", quote=False)
    inner += "".join(_write(child, prefix) + escape(child.tail or "", quote=False) for child in element)
    return f"<{name}{attributes}{extra}>{inner.strip() if name == 'svg' else inner}</{name}>"


def _attributes(element: ET.Element) -> list[tuple[str, str]]:
    """Known attributes; those of `style` become attributes of their own, for pages allow no inline style."""
    found: dict[str, str] = {}
    for key, value in element.attrib.items():
        if key == "style":
            pairs = (part.partition(":") for part in value.split(";"))
            found.update({k.strip(): v.strip() for k, _colon, v in pairs})
        else:
            found.setdefault(key.rpartition("}")[2], value)
    return [(key, value) for key, value in found.items() if key in ATTRIBUTES]


def _value(key: str, value: str, prefix: str) -> str | None:
    """The value with its ids prefixed, None if it leads outside the drawing."""
    if key == "id":
        return f"{prefix}-{value}"
    if key == "href":
        return f"#{prefix}-{value[1:]}" if value.startswith("#") else None
    bare = _LOCAL_URL.sub("", value)
    if _FORBIDDEN.search(bare):
        return None
    return _LOCAL_URL.sub(rf"url(#{prefix}-\1)", value)
