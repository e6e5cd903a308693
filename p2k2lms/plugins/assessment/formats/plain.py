"""Text of other programs as plain text: its letters, its paragraphs, and what is lost on the way."""

import codecs
import re
from collections.abc import Callable
from html.parser import HTMLParser

from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _

_TITLES = ("h1", "h2", "h3", "h4", "h5", "h6")
BREAKS = frozenset(("p", "div", "br", "li", "tr", "blockquote", "ul", "ol", "table", "section", "pre", "hr", *_TITLES))
SILENT = frozenset(("script", "style", "head", "title"))
MOST_MARKUP = 200_000  # letters of one text with its tags
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MARKUP = re.compile(
    r"</?(?:p|div|br|b|i|u|em|strong|span|ul|ol|li|img|table|a|h[1-6]|sub|sup)\b[^<>]*>", re.IGNORECASE
)
_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u200b\u2028\u2029]")


def letters(data: bytes) -> str:
    """Bytes as text: UTF-8, UTF-16 with or without its mark, else what Windows writes."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if data[:200].count(0) > len(data[:200]) // 4:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def tidy(text: str) -> str:
    """Paragraphs parted by an empty line, single spaces within, nothing that is not printed."""
    plain = _UNPRINTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    parts = (" ".join(part.split()) for part in re.split(r"\n[^\S\n]*\n", plain))
    return "\n\n".join(part for part in parts if part)


def line(text: str) -> str:
    """The same on one line."""
    return " ".join(tidy(text).split())


def looks_like_html(text: str) -> bool:
    """True if a text holds tags that people use in questions."""
    return bool(_MARKUP.search(text))


class _Reader(HTMLParser):
    """Collects words and breaks; names pictures by what they show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lost: set[str] = set()
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        if tag in BREAKS:
            self.parts.append("\n\n")
        if tag in ("img", "audio", "video", "object", "iframe"):
            self.lost.add("picture" if tag == "img" else "medium")
            shown = dict(attrs).get("alt") or ""
            self.parts.append(f" [{shown}] " if tag == "img" and shown.strip() else "")
        if tag in ("table", "math", "svg"):
            self.lost.add("layout")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT and self._silent:
            self._silent -= 1
        if tag in BREAKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data.replace("\n", " "))


def from_html(markup: str, lose: Callable[[str], None] = lambda what: None) -> str:
    """The words of a piece of HTML; `lose` hears of "picture", "medium", "layout" or "file". Invalid for a book."""
    if len(markup) > MOST_MARKUP:
        raise Invalid(_("Satu soal berisi lebih dari %(n)s huruf. Bagi dulu berkasnya.", n=MOST_MARKUP), "file")
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    lost = reader.lost | ({"file"} if "@@PLUGINFILE@@" in markup and "picture" not in reader.lost else set())
    for what in sorted(lost):
        lose(what)
    return tidy("".join(reader.parts))


def number(text: str) -> float | None:
    """A number as people type it, with point or comma; None for anything else."""
    plain = text.strip().replace(" ", "").replace(",", ".")
    if not re.fullmatch(r"[+-]?(?:\d{1,15}(?:\.\d{0,12})?|\.\d{1,12})(?:[eE][+-]?\d{1,2})?", plain):
        return None
    return float(plain)


def shown(value: float) -> str:
    """A number as files write it: 3, 0.5."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
