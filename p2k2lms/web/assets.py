"""Static files: joined, squeezed and named by their content at start, then served for ever by WhiteNoise."""

import gzip
import hashlib
import os
import re
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from wsgiref.headers import Headers

import brotli
from flask import Flask
from whitenoise import WhiteNoise

from p2k2lms.web.headers import SECURITY

SOURCES = Path(__file__).parent / "static"
STYLES = ("tokens.css", "components.css", "pages.css")  # one file of the browser: app.css
NAMED_BY_CONTENT = re.compile(r"\.[0-9a-f]{12}\.[a-z]+$")
URL = "/static/"


def install(app: Flask) -> None:
    """Serve the built files below /static/, and give the templates `asset(name)`."""
    folder = Path(app.config["INSTANCE_DIR"]) / "static"
    write(folder)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(folder),
        prefix=URL,
        immutable_file_test=lambda path, url: bool(NAMED_BY_CONTENT.search(url)),
        add_headers_function=_trust,
    )
    app.jinja_env.globals["asset"] = asset


def _trust(headers: Headers, path: str, url: str) -> None:
    for name, value in SECURITY.items():
        headers[name] = value


def asset(name: str) -> str:
    """The address of a static file; a name that does not exist is a KeyError, not a broken page."""
    return URL + built()[name][0]


@cache
def built() -> dict[str, tuple[str, bytes]]:
    """Every static file by its plain name: the name that carries its content's hash, and its bytes."""
    found: dict[str, tuple[str, bytes]] = {}
    sources = {path.name: path.read_text("utf-8") for path in sorted(SOURCES.iterdir()) if path.is_file()}
    sources["app.css"] = "".join(sources.pop(name) for name in STYLES)
    for name, text in sorted(sources.items(), key=lambda item: not item[0].endswith(".svg")):
        body = _squeezed(name, text, found).encode()
        stem, _, ending = name.rpartition(".")
        found[name] = (f"{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{ending}", body)
    return found


def write(folder: Path) -> None:
    """Put the built files there, with their compressed twins; earlier builds stay, for pages kept on phones."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in built().values():
        if not (folder / name).exists():
            _put(folder / f"{name}.br", brotli.compress(body))
            _put(folder / f"{name}.gz", gzip.compress(body, mtime=0))
            _put(folder / name, body)


def _put(path: Path, body: bytes) -> None:
    """Write whole or not at all: two workers may start at once."""
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(body)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)


def _squeezed(name: str, text: str, found: dict[str, tuple[str, bytes]]) -> str:
    if name.endswith(".css"):
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
        text = re.sub(r"url\(([\w.-]+)\)", lambda m: f"url({URL}{found[m[1]][0]})", text)
        return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", text)).replace(";}", "}").strip()
    if name.endswith(".js"):
        return re.sub(r"^[ \t]*//.*\n|^[ \t]+|^\n", "", re.sub(r"\A/\*.*?\*/\s*", "", text, flags=re.S), flags=re.M)
    return text
