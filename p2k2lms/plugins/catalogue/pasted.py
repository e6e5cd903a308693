"""Text that was copied in Word or on a page, as Markdown: paragraphs, bold, lists, tables, links and no more."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from p2k2lms.plugins.catalogue import markup

LARGEST = 1_000_000  # characters of HTML; a text of 60,000 letters from Word stays far below
_COPIED = re.compile(
    r"\bmso-|class=[\"']?Mso|<o:p\b|<!--StartFragment|^\s*<(?:!doctype|html|p|div|table|ul|ol|h\d)\b", re.I
)
_SIGNS = re.compile(r"([\\`*\[]|(?<![^\W_])_|_(?![^\W_]))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_FIRST = re.compile(r"^(?:(#|>|!!!|\?\?\?|:(?=\s)|=+$|-+$|[-+](?=\s))|(\d+)([.)])(?=\s))")
_COUNTED = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]")
HEADS = {"h1": "## ", "h2": "## ", "h3": "### ", "h4": "#### ", "h5": "#### ", "h6": "#### "}
BOLD, ITALIC = {"b", "strong"}, {"i", "em"}


def is_copied(text: str) -> bool:
    """True for a text that is HTML of another program rather than Markdown."""
    return bool(_COPIED.search(text))


def markdown(html: str) -> str:
    """The Markdown that says what the HTML says."""
    reader = _Reader()
    reader.feed(markup.tidy(html))
    reader.close()
    reader.end_block()
    return "\n".join(reader.lines).strip() + "\n" if reader.lines else ""


@dataclass
class _Table:
    rows: list[list[str]] = field(default_factory=list)

    def lines(self) -> list[str]:
        wide = max((len(row) for row in self.rows), default=0)
        rows = [row + [""] * (wide - len(row)) for row in self.rows if any(row)]
        if not rows:
            return []
        drawn = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
        return [drawn[0], "|" + " --- |" * wide, *drawn[1:]]


class _Reader(HTMLParser):
    """Hears the tidied HTML and writes lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._runs: list[tuple[str, bool, bool]] = []
        self._bold = self._italic = 0
        self._lists: list[str] = []
        self._head = ""
        self._mark: str | None = None
        self._word: tuple[int, str] | None = None
        self._spans: list[bool] = []
        self._links: list[str] = []
        self._table: _Table | None = None
        self._in_list = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        style = said.get("style", "").replace(" ", "").lower()
        if tag in BOLD:
            self._bold += 1
        elif tag in ITALIC:
            self._italic += 1
        elif tag == "span":
            ignored = "mso-list:ignore" in style
            self._spans.append(ignored)
            self._mark = "" if ignored else self._mark
        elif tag == "br":
            self._say(" " if self._table else "\n")
        elif tag == "a":
            self._links.append(said.get("href", ""))
            self._say("[" if self._links[-1] else "", plain=True)
        else:
            self._open(tag, style, said.get("class", ""))

    def _open(self, tag: str, style: str, kind: str) -> None:
        if tag in ("td", "th"):
            self._runs = []
            return
        if self._table is None:
            self.end_block()
        if tag in ("ul", "ol"):
            self._lists.append(tag)
        elif tag in HEADS:
            self._head = HEADS[tag]
        elif tag == "table":
            self._table = _Table()
        elif tag == "tr" and self._table is not None:
            self._table.rows.append([])
        elif tag == "p" and ("mso-list:l" in style or kind.startswith("MsoList")):
            level = re.search(r"level(\d)", style)
            self._word = (int(level[1]) if level else 1, "")

    def handle_endtag(self, tag: str) -> None:
        if tag in BOLD:
            self._bold = max(0, self._bold - 1)
        elif tag in ITALIC:
            self._italic = max(0, self._italic - 1)
        elif tag == "span":
            if self._spans and self._spans.pop() and self._word and self._mark is not None:
                self._word, self._mark = (self._word[0], self._mark.strip()), None
        elif tag == "a" and self._links:
            address = self._links.pop()
            self._say(f"]({address})" if address else "", plain=True)
        else:
            self._shut(tag)

    def _shut(self, tag: str) -> None:
        if tag in ("td", "th") and self._table is not None and self._table.rows:
            self._table.rows[-1].append(self._text())
        elif tag == "table" and self._table is not None:
            rows, self._table = self._table.lines(), None
            self._write(rows)
        elif self._table is not None:
            self._say(" ")
        elif tag != "tr":
            self.end_block()
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()
                self._in_list = bool(self._lists)

    def handle_data(self, data: str) -> None:
        if self._mark is not None and any(self._spans):
            self._mark += data
        else:
            self._say(re.sub(r"\s+", " ", data))

    def _say(self, text: str, plain: bool = False) -> None:
        """Words as they were; signs that Markdown would take for its own are told apart."""
        if text:
            told = text if plain else _ENTITY.sub("&amp;", _SIGNS.sub(r"\\\1", text)).replace("<", "&lt;")
            self._runs.append((told, bool(self._bold), bool(self._italic)))

    def _text(self) -> str:
        """What has been said since the last block, with its emphasis around the words and not the gaps."""
        merged: list[tuple[str, bool, bool]] = []
        for text, bold, italic in self._runs:
            if merged and (merged[-1][1:] == (bold, italic) or not text.strip()):
                merged[-1] = (merged[-1][0] + text, *merged[-1][1:])
            else:
                merged.append((text, bold, italic))
        self._runs = []
        whole = "".join(_dressed(*run) for run in merged)
        return "  \n".join(" ".join(line.split()) for line in whole.split("\n") if line.strip())

    def end_block(self) -> None:
        """Close a paragraph, a heading or a point of a list."""
        text, head, word = self._text(), self._head, self._word
        self._head, self._word, self._mark = "", None, None
        if not text:
            return
        if word is not None:
            ordered = bool(_COUNTED.fullmatch(word[1]))
            self._point(text, word[0], ordered)
        elif self._lists:
            self._point(text, len(self._lists), self._lists[-1] == "ol")
        elif head:
            self._write([head + text.replace("**", "")])
        else:
            self._write([_FIRST.sub(lambda f: f"\\{f[1]}" if f[1] else f"{f[2]}\\{f[3]}", text)])

    def _point(self, text: str, level: int, ordered: bool) -> None:
        line = "    " * (level - 1) + ("1. " if ordered else "- ") + text.replace("  \n", " ")
        if self._in_list:
            self.lines.append(line)
        else:
            self._write([line])
        self._in_list = True

    def _write(self, lines: list[str]) -> None:
        self._in_list = False
        if lines:
            self.lines += ["", *lines] if self.lines else lines


def _dressed(text: str, bold: bool, italic: bool) -> str:
    sign = "**" * bold + "*" * italic
    inner = text.strip()
    if not sign or not inner:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{sign}{inner}{sign[::-1]}{after}"
