"""Static files: joined, squeezed and named by their content at start, then served for ever by WhiteNoise."""

import gzip
import hashlib
import os
import re
from collections.abc import Callable, Iterable
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
PICTURES = {".png"}
FROM_OUTSIDE = SOURCES / "easymde"  # served byte for byte as its makers released it
NAMED_BY_CONTENT = re.compile(r"\.[0-9a-f]{12}\.[a-z]+$")
URL = "/static/"


def install(app: Flask) -> None:
    """Serve the built files below /static/, and give the templates `asset(name)`."""
    app.jinja_env.globals["asset"] = asset
    folder = Path(app.config["INSTANCE_DIR"]) / "static"
    try:
        write(folder)
    except OSError as fault:
        app.wsgi_app = _refusing(fault)  # type: ignore[method-assign]  # commands go on, a server does not
        return
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(folder),
        prefix=URL,
        immutable_file_test=lambda path, url: bool(NAMED_BY_CONTENT.search(url)),
        add_headers_function=_trust,
    )


def _refusing(fault: OSError) -> Callable[..., Iterable[bytes]]:
    def refuse(*_request: object) -> Iterable[bytes]:
        raise fault

    return refuse


def _trust(headers: Headers, path: str, url: str) -> None:
    for name, value in SECURITY.items():
        headers[name] = value


def asset(name: str) -> str:
    """The address of a static file; a name that does not exist is a KeyError, not a broken page."""
    return URL + built()[name][0]


@cache
def built() -> dict[str, tuple[str, bytes]]:
    """Every static file by its plain name: the name that carries its content's hash, and its bytes."""
    return _Yard(_read(SOURCES), _read(FROM_OUTSIDE)).built()


def _read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix}


class _Yard:
    """Builds each file after those that it names, so that it can name them by their content."""

    def __init__(self, sources: dict[str, bytes], whole: dict[str, bytes]) -> None:
        self._sources = {**sources, **whole}
        self._whole = {*whole, *(name for name in sources if Path(name).suffix in PICTURES)}
        self._sources["app.css"] = b"".join(self._sources.pop(name) for name in STYLES)
        self._found: dict[str, tuple[str, bytes]] = {}

    def built(self) -> dict[str, tuple[str, bytes]]:
        for name in self._sources:
            self.place(name)
        return self._found

    def place(self, name: str) -> str:
        """The address of a file, built now if it was not before."""
        if name not in self._found:
            source = self._sources[name]
            body = source if name in self._whole else self.squeezed(name, source.decode()).encode()
            stem, _, ending = name.rpartition(".")
            self._found[name] = (f"{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{ending}", body)
        return URL + self._found[name][0]

    def squeezed(self, name: str, text: str) -> str:
        if name.endswith(".css"):
            text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
            text = re.sub(r"url\(([\w.-]+)\)", lambda m: f"url({self.place(m[1])})", text)
            return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", text)).replace(";}", "}").strip()
        if name.endswith(".js"):
            return re.sub(r'"\./([\w.-]+\.js)"', lambda m: f'"{self.place(m[1])}"', bare(text))
        return text


def bare(script: str) -> str:
    """A script without its opening comment, its comment lines, its indents, and the ends of lines that end nothing.

    No code may stand before a comment in its line, nor a line end in a template string; a test looks.
    """
    told = re.sub(r"^[ \t]*//.*\n|^[ \t]+|^\n", "", re.sub(r"\A/\*.*?\*/\s*", "", script, flags=re.S), flags=re.M)
    return re.sub(r"([{;,])\n|\n(?=})", r"\1", told)


def write(folder: Path) -> None:
    """Put the built files there, with their compressed twins; earlier builds stay, for pages kept on phones."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in built().values():
        if not (folder / name).exists():
            for ending, twin in _twins(body).items():
                _put(folder / f"{name}{ending}", twin)
            _put(folder / name, body)


@cache
def _twins(body: bytes) -> dict[str, bytes]:
    """A file compressed in both ways, once in a process: the smallest form takes a second for them all."""
    return {".br": brotli.compress(body), ".gz": gzip.compress(body, mtime=0)}


def _put(path: Path, body: bytes) -> None:
    """Write whole or not at all: two workers may start at once."""
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(body)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
