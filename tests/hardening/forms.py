"""Every form that the pages of the small world show: where it goes, who met it, and what may be typed into it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient

from tests.access import table
from tests.access.world import World

TYPED = {"text", "search", "tel", "email", "url", "password"}
PLAUSIBLE = {
    "date": "2026-11-20",
    "number": "3",
    "time": "09:00",
    "month": "2026-11",
    "datetime-local": "2026-11-20T09:00",
}
FILE = re.compile(r"\.[a-z]+$|<form>$")
OFFLINE = "/luring"  # its forms are drawn and sent by script alone


@dataclass
class Form:
    """One form: what is sent when everything is filled in plausibly, and the names that take free text."""

    page: str
    action: str
    role: str = ""
    endpoint: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def kind(self) -> tuple[str, ...]:
        """Two forms of one kind are the same form about two things."""
        return (self.endpoint, *sorted({*self.texts, *self.files}))

    def filled(self, **texts: str) -> dict[str, list[str]]:
        """What is sent, with these texts in place of what stands there."""
        return self.fields | {name: [text] * self.texts.count(name) for name, text in texts.items()}


class _Reader(HTMLParser):
    """Collects the POST forms of one page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.found = page, list[Form]()
        self._open: Form | None = None
        self._select = self._area = ""
        self._choices: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name = told.get("name") or ""
        if tag == "form":
            post = (told.get("method") or "").lower() == "post"
            self._open = Form(self.page, urljoin(self.page, told.get("action") or self.page)) if post else None
            if self._open is not None:
                self.found.append(self._open)
        elif self._open is not None and name:
            self._field(self._open, tag, name, told)
        if tag == "option" and self._select:
            self._choices.append((told.get("value") or "", "selected" in told))

    def _field(self, form: Form, tag: str, name: str, told: dict[str, str | None]) -> None:
        value = told.get("value") or ""
        if tag == "textarea":
            self._area = name
            form.texts.append(name)
            form.fields[name] = [*form.fields.get(name, []), ""]
        elif tag == "select":
            self._select, self._choices = name, []
        elif tag == "input":
            self._input(told.get("type") or "text", name, value, "checked" in told)
        elif tag == "button" and value:
            form.fields.setdefault(name, [value])

    def _input(self, kind: str, name: str, value: str, checked: bool) -> None:
        assert self._open is not None
        if kind == "file":
            self._open.files.append(name)
        elif kind in ("checkbox", "radio"):
            known = self._open.fields.get(name, [])
            if checked or (kind == "radio" and not known):
                self._open.fields[name] = [value] if kind == "radio" else [*known, value]
        else:
            before = self._open.fields.get(name, []) if kind in TYPED else []
            self._open.fields[name] = [*before, value or PLAUSIBLE.get(kind, "")]
            if kind in TYPED:
                self._open.texts.append(name)

    def handle_data(self, data: str) -> None:
        if self._area and self._open is not None:
            self._open.fields[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "form":
            self._open = None
        elif tag == "select" and self._select and self._open is not None:
            chosen = [value for value, selected in self._choices if selected and value]
            self._open.fields[self._select] = (chosen or [value for value, _ in self._choices if value])[:1] or [""]
            self._select = ""


def of_page(client: FlaskClient, page: str) -> list[Form]:
    """The forms that a page shows; none where there is no page."""
    answer = client.get(page)
    if answer.status_code != 200 or answer.mimetype != "text/html":
        return []
    return read(page, answer.text)


def read(page: str, text: str) -> list[Form]:
    """The forms in the text of a page."""
    reader = _Reader(page)
    reader.feed(text)
    return reader.found


def everywhere(world: World) -> list[Form]:
    """One form of each kind, each in the hands of the first role that meets it."""
    return shown(world, pages(world))


def shown(world: World, places: Iterable[tuple[str, str]]) -> list[Form]:
    """The same on these pages alone, each with the role that opens it."""
    seen: dict[tuple[str, ...], Form] = {}
    addresses = world.app.url_map.bind("localhost")
    for role, page in places:
        for form in of_page(world.client(role, "own"), page):
            form.role, form.endpoint = role, addresses.match(urlsplit(form.action).path, method="POST")[0]
            seen.setdefault(form.kind, form)
    return list(seen.values())


def pages(world: World) -> Iterator[tuple[str, str]]:
    """Every address that somebody may open, with the role that opens it."""
    who_may = {row.rule: row.cells for row in table.rows() if row.method == "GET"}
    for method, plain, rule in table.routes(world.app):
        if method == "GET" and plain != OFFLINE and not FILE.search(plain):
            for role in ("visitor", *table.SIGNED_IN):
                if who_may[plain][role, "own"] == 200:
                    yield role, table.address(world, plain, rule)
