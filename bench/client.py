"""A small browser for measurements: keeps its connection and cookies, reads forms, costs the server nothing."""

import http.client
import re
import urllib.parse
from html import unescape

FORM = re.compile(r"<form\b(?P<tag>[^>]*)>(?P<body>.*?)</form>", re.S | re.I)
INPUT = re.compile(r"<input\b[^>]*>", re.I)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


class Client:
    """One person's connection to one server."""

    def __init__(self, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.connection = http.client.HTTPConnection(self.host, timeout=60)
        self.cookies: dict[str, str] = {}

    def request(
        self, method: str, path: str, body: bytes = b"", kind: str = "", headers: dict[str, str] | None = None
    ) -> tuple[int, bytes, dict[str, str]]:
        """Send one request and read the whole answer."""
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} | (headers or {})
        if kind:
            sent |= {"Content-Type": kind, "Referer": f"http://{self.host}{path}", "Origin": f"http://{self.host}"}
        self.connection.request(method, path, body or None, sent)
        answer = self.connection.getresponse()
        data = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return answer.status, data, dict(answer.headers)

    def get(self, path: str, **headers: str) -> str:
        """The text of a page; raises when the answer is no page."""
        status, data, _ = self.request("GET", path, headers=headers)
        if status != 200:
            raise RuntimeError(f"GET {path}: {status}")
        return data.decode()

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        """Send a form."""
        return self.request("POST", path, urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def sign_in(self, name: str, password: str = "demo-p2k2") -> None:  # noqa: S107
        """Sign in by the first form of /masuk, as a person would."""
        form = forms(self.get("/masuk"))[0]
        status, _, headers = self.post("/masuk", form.fields | {"username": name, "password": password})
        if status not in (302, 303) or "/masuk" in headers.get("Location", ""):
            raise RuntimeError(f"{name} could not sign in: {status}")


class Form:
    """One form of a page: where it goes and what its fields hold."""

    def __init__(self, tag: str, body: str) -> None:
        self.action = unescape(dict(ATTRIBUTE.findall(tag)).get("action", ""))
        self.fields: dict[str, str] = {}
        for found in INPUT.findall(body):
            about = dict(ATTRIBUTE.findall(found))
            if "name" in about and about.get("type", "text") not in ("radio", "checkbox", "submit"):
                self.fields[unescape(about["name"])] = unescape(about.get("value", ""))
        self.body = body


def forms(page: str) -> list[Form]:
    """The POST forms of a page, in order."""
    return [Form(m["tag"], m["body"]) for m in FORM.finditer(page) if 'method="post"' in m["tag"].lower()]
