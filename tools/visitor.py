"""A browser without script, for programs: follows links, fills forms, keeps cookies; standard library only."""

import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar

TIMEOUT_SECONDS = 30


@dataclass
class Control:
    """One thing to fill or to press; `options` are value and words of a select, `words` the label around it."""

    name: str
    value: str
    kind: str
    checked: bool = False
    words: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Form:
    """A form as it was drawn."""

    action: str
    method: str
    id: str
    controls: list[Control] = field(default_factory=list)

    def values(self) -> list[tuple[str, str]]:
        """What would be sent if nothing were touched and no button pressed."""
        sent = []
        for control in self.controls:
            if control.kind in ("radio", "checkbox") and not control.checked:
                continue
            if control.name and control.kind != "submit":
                sent.append((control.name, control.value))
        return sent


class Page(HTMLParser):
    """What stands on a page: its forms, links and words."""

    def __init__(self, url: str, status: int, body: str) -> None:
        super().__init__()
        self.url, self.status, self.body = url, status, body
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._words: list[str] = []
        self._open: Form | None = None
        self._label: list[str] | None = None
        self._in_label: list[Control] = []
        self._option: tuple[str, list[str]] | None = None
        self._selected = False
        self.feed(body)

    @property
    def text(self) -> str:
        """The words of the page in one line."""
        return " ".join(" ".join(self._words).split())

    def form(self, *, action: str = "", method: str = "post") -> Form:
        """The first form of this method whose action contains this text."""
        for form in self.forms:
            if form.method == method and action in form.action:
                return form
        raise LookupError(f"{self.url} has no form for {action or method}: {self.text[:300]}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(said.get("action", ""), said.get("method", "get").lower(), said.get("id", ""))
            self.forms.append(self._open)
        elif tag == "a" and "href" in said:
            self.links.append(said["href"])
        elif tag == "label":
            self._label, self._in_label = [], []
        elif tag in ("input", "button", "select", "textarea"):
            self._control(tag, said)
        elif tag == "option":
            self._option = (said.get("value", "\x00"), [])
            self._selected = "selected" in said

    def _control(self, tag: str, said: dict[str, str]) -> None:
        kind = {"button": "submit", "select": "select", "textarea": "text"}.get(tag, said.get("type", "text"))
        value = said.get("value", "on" if kind in ("radio", "checkbox") else "")
        control = Control(said.get("name", ""), value, kind, "checked" in said)
        form = next((f for f in self.forms if f.id and f.id == said.get("form")), self._open)
        if form is not None:
            form.controls.append(control)
        if self._label is not None:
            self._in_label.append(control)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "option" and self._option is not None and self._open is not None:
            value, words = self._option
            said = " ".join("".join(words).split())
            control, chosen = self._open.controls[-1], said if value == "\x00" else value
            control.options.append((chosen, said))
            if self._selected or len(control.options) == 1:
                control.value = chosen
            self._option = None
        elif tag == "label" and self._label is not None:
            for control in self._in_label:
                control.words = " ".join("".join(self._label).split())
            self._label = None

    def handle_data(self, data: str) -> None:
        self._words.append(data)
        if self._option is not None:
            self._option[1].append(data)
        elif self._label is not None:
            self._label.append(data)


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies))

    def get(self, url: str) -> Page:
        """Open a page; a refusal is a page too."""
        return Page(*self._open(_request(urllib.parse.urljoin(self.base, url))))

    def fetch(self, url: str) -> bytes:
        """Download a file; a refusal raises."""
        with self._opener.open(urllib.parse.urljoin(self.base, url), timeout=TIMEOUT_SECONDS) as answer:
            body: bytes = answer.read()
        return body

    def send(self, page: Page, form: Form, *changes: tuple[str, str]) -> Page:
        """Fill a form of this page and send it; a changed name replaces what stood there."""
        changed = {name for name, _ in changes}
        fields = [pair for pair in form.values() if pair[0] not in changed] + list(changes)
        request = _request(
            urllib.parse.urljoin(page.url, form.action), urllib.parse.urlencode(fields).encode(), page.url
        )
        return Page(*self._open(request))

    @property
    def cookies(self) -> int:
        """How many cookies were left here."""
        return len(self._cookies)

    def _open(self, request: urllib.request.Request) -> tuple[str, int, str]:
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                return answer.url, answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.url, refusal.code, refusal.read().decode()


def _request(url: str, body: bytes | None = None, referer: str = "") -> urllib.request.Request:
    """A request to a server, never to a file."""
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"not an address of the web: {url}")
    return urllib.request.Request(url, body, {"Referer": referer} if referer else {})  # noqa: S310 - checked above
