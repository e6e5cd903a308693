"""How many bytes travel, as a browser that takes brotli gets them."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from bench.client import Client
from bench.scenarios import Stage
from bench.verdicts import Bar, Verdict

ONE_ROUND_TRIP, SCRIPT, AGAIN = 14_600, 40_000, 6_000
STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
PICTURE = re.compile(r'<img[^>]*src="([^"]+)"')
DRAWN = re.compile(r"url\(([^)]+)\)")
MODULE = re.compile(r'<script[^>]*src="([^"]+)"')


def weigh(stage: Stage) -> Iterator[Verdict]:
    """First visits, all script, and a visit that finds everything else kept."""
    visitor, learner = Client(stage.product.port), stage.learner.client
    for name, client, path in (("sign-in page", visitor, "/masuk"), ("step card", learner, stage.card)):
        bar = Bar(f"first visit, {name}", ONE_ROUND_TRIP, unit="B")
        yield bar.judge(_bytes(client, [path, *_beside(client, path)]))
    pages = (stage.card, "/belajar/diklat-p2k2", "/belajar", stage.question, "/tes", "/")
    scripts = {url for path in pages for url in MODULE.findall(learner.get(path))}
    yield Bar("all script of learner pages", SCRIPT, unit="B").judge(_bytes(learner, scripts))
    yield Bar("repeat visit to a step card, one request", AGAIN, unit="B").judge(_bytes(learner, [stage.card]))
    fresh = [url for url in (*_beside(learner, stage.card), *scripts) if not _is_kept(learner, url)]
    yield Bar("files asked for again on a repeat visit", 0, unit="").judge(len(fresh), " ".join(fresh))


def _beside(client: Client, path: str) -> Iterator[str]:
    """Style sheets and the pictures that they and the page name."""
    page = client.get(path)
    yield from PICTURE.findall(page)
    for sheet in STYLE.findall(page):
        yield sheet
        yield from (urljoin(sheet, url.strip("'\"")) for url in set(DRAWN.findall(client.get(sheet))))


def _bytes(client: Client, paths: Iterable[str]) -> int:
    return sum(len(client.request("GET", path)[1]) for path in paths if not path.startswith("data:"))


def _is_kept(client: Client, url: str) -> bool:
    """True if the browser need not ask again."""
    return "immutable" in client.request("GET", url)[2].get("Cache-Control", "")
