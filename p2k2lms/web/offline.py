"""What opens without signal: the worker, the page that it falls back to, and the way onto the home screen."""

import hashlib
import json
from datetime import timedelta
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import submissions
from p2k2lms.core.access import VISITOR
from p2k2lms.core.i18n import LANGUAGES
from p2k2lms.web import assets
from p2k2lms.web.access import public
from p2k2lms.web.page import PRODUCT

offline = Blueprint("offline", __name__)
WORKER = Path(__file__).parent / "sw.js"
WITH_SIGNAL = {
    *("desk.css", "check.css", "marks.js", "kertas.js", "serah.js", "bekal.js", "angket.js", "tanya-bekal.js"),
    *("butir.js", "card.js", "kehadiran.js", "naskah.js", "susunan.js"),
    *("tulis.js", "tulis.css", "easymde.min.js", "easymde.min.css"),
}
"""What only pages need that never open without signal: those at a desk, of strangers, and what takes things along."""
CHECKED_AFTER = timedelta(hours=1)  # a phone asks at most so often whether there is a new release
SHORT_NAME, RIVER, GROUND = "P2K2", "#0a4754", "#eff1e8"


@offline.get("/sw.js")
@public
def worker() -> ResponseReturnValue:
    """The worker in the language that the phone asks for, with the names of all it keeps."""
    language = _asked_for()
    answer = make_response(_script(url_for("offline.page", bahasa=language), _page(language)))
    answer.mimetype = "text/javascript"
    return _kept(answer, CHECKED_AFTER)


@offline.get("/luring")
@public
def page() -> ResponseReturnValue:
    """The frame that the phone fills by itself; nobody's page, so that it may be kept."""
    return _kept(make_response(_page(_asked_for())), timedelta())


@offline.get("/manifest.webmanifest")
@public
def manifest() -> ResponseReturnValue:
    """What a phone needs to put the platform on its home screen."""
    answer = make_response(json.dumps(_manifest()))
    answer.mimetype = "application/manifest+json"
    return _kept(answer, timedelta(days=1))


def _asked_for() -> str:
    said = request.args.get("bahasa", "")
    return said if said in LANGUAGES else LANGUAGES[0]


def _kept(answer: Response, age: timedelta) -> Response:
    answer.cache_control.public = True
    answer.cache_control.max_age = int(age.total_seconds())
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _page(language: str) -> str:
    g.language = language
    g.bare = True  # whoever asks: the frame shows nobody
    titles = {name: str(kind.title or name) for name, kind in submissions.kinds().items()}
    return render_template("web/offline.html", actor=VISITOR, titles=titles)


def _script(page: str, drawn: str) -> str:
    files = [assets.URL + name for plain, (name, _) in sorted(assets.built().items()) if plain not in WITH_SIGNAL]
    release = hashlib.sha256(json.dumps([_source(), files, page, drawn]).encode()).hexdigest()[:12]
    told = {"__RELEASE__": release, "__PAGE__": page, "__FILES__": json.dumps(files)}
    script = _source()
    for word, said in told.items():
        script = script.replace(word, said)
    return script


@cache
def _source() -> str:
    return assets.bare(WORKER.read_text("utf-8"))


def _manifest() -> dict[str, object]:
    sizes = [(assets.asset(f"icon-{size}.png"), f"{size}x{size}") for size in (192, 512)]
    pictures = [{"src": src, "sizes": size, "type": "image/png", "purpose": "any maskable"} for src, size in sizes]
    drawn = {"src": assets.asset("mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    return {
        "name": PRODUCT,
        "short_name": SHORT_NAME,
        "lang": LANGUAGES[0],
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": RIVER,
        "background_color": GROUND,
        "icons": [*pictures, drawn],
    }
