"""A small browser for measurements: keeps its connection and cookies, reads forms, costs the server nothing."""

import gzip
import http.client
import json
import re
import urllib.parse
from html import unescape
from http.client import HTTPResponse, RemoteDisconnected

import brotli

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
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept-Encoding": "br, gzip"}
        sent |= headers or {}
        if kind:
            sent |= {"Content-Type": kind, "Referer": f"http://{self.host}{path}", "Origin": f"http://{self.host}"}
        answer, data = self._exchange(method, path, body, sent)
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return answer.status, data, dict(answer.headers)

    def send(self, envelopes: list[dict[str, object]], token: str) -> list[dict[str, object]]:
        """Send envelopes through the door that phones use; every one must be taken."""
        body = json.dumps({"kiriman": envelopes}).encode()
        status, data, headers = self.request(
            "POST", "/api/v1/kiriman", body, "application/json", {"X-CSRFToken": token}
        )
        told: list[dict[str, object]] = json.loads(_text(data, headers))["jawaban"] if status == 200 else []
        if not told or any(answer["status"] != "accepted" for answer in told):
            raise RuntimeError(f"kiriman: {status} {data[:300]!r}")
        return told

    def _exchange(self, method: str, path: str, body: bytes, sent: dict[str, str]) -> tuple[HTTPResponse, bytes]:
        """One request; a connection that the server has let go while nobody asked is opened anew."""
        for again in (False, True):
            try:
                self.connection.request(method, path, body or None, sent)
                answer = self.connection.getresponse()
                return answer, answer.read()
            except (RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self.connection.close()
                if again:
                    raise
        raise AssertionError

    def get(self, path: str) -> str:
        """The text of a page; raises when the answer is no page."""
        status, data, headers = self.request("GET", path)
        if status != 200:
            raise RuntimeError(f"GET {path}: {status}")
        return _text(data, headers)

    def follow(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[str, str]:
        """As a browser does: send, then open where the answer leads; the path and text of the page that opens."""
        status, data, headers = self.post(path, fields or {}) if method == "POST" else self.request("GET", path)
        while status in (301, 302, 303):
            path = headers["Location"].removeprefix(f"http://{self.host}")
            status, data, headers = self.request("GET", path)
        if status != 200:
            raise RuntimeError(f"{method} {path}: {status} {data[:300]!r}")
        return path, _text(data, headers)

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        """Send a form."""
        return self.request("POST", path, urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def sign_in(self, name: str, password: str = "demo-p2k2") -> None:  # noqa: S107
        """Sign in by the first form of /masuk, as a person would."""
        form = forms(self.get("/masuk"))[0]
        status, _, headers = self.post("/masuk", form.fields | {"username": name, "password": password})
        if status not in (302, 303) or "/masuk" in headers.get("Location", ""):
            raise RuntimeError(f"{name} could not sign in: {status}")


def _text(data: bytes, headers: dict[str, str]) -> str:
    """The body of an answer as it was before it was compressed."""
    kind = headers.get("Content-Encoding", "")
    plain: bytes = {"br": brotli.decompress, "gzip": gzip.decompress}.get(kind, bytes)(data)
    return plain.decode()


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
