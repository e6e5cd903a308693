"""What an operator sees of each request: an id in the log and the answer, and, where asked for, numbers.

Numbers (counts and times by rule and status) are kept by each process for itself and shown at /metrik, in the text form
of Prometheus, to who knows the token of the settings; without a token there is no such page.
"""

import hmac
import logging
import re
import secrets
import threading
import time
from collections import Counter, defaultdict

from flask import Blueprint, Flask, Response, abort, current_app, g, request
from flask.typing import ResponseReturnValue

from p2k2lms.core import jobs, logs
from p2k2lms.web.access import public

log = logging.getLogger(__name__)
watching = Blueprint("watching", __name__)
GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
HEADER = "X-Request-ID"
BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Numbers:
    """Counts and times of the requests of this process; many threads add to it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.answers: Counter[tuple[str, str, int]] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.within: Counter[float] = Counter()

    def add(self, method: str, rule: str, status: int, seconds: float) -> None:
        """One request was answered."""
        with self._lock:
            self.answers[method, rule, status] += 1
            self.seconds[rule] += seconds
            self.within.update(bucket for bucket in BUCKETS if seconds <= bucket)

    def lines(self) -> list[str]:
        """All of it in the text form of Prometheus."""
        with self._lock:
            total, spent = sum(self.answers.values()), sum(self.seconds.values())
            answers = [
                f'p2k2_requests_total{{method="{method}",rule="{rule}",status="{status}"}} {number}'
                for (method, rule, status), number in sorted(self.answers.items())
            ]
            buckets = [f'p2k2_request_seconds_bucket{{le="{bucket}"}} {self.within[bucket]}' for bucket in BUCKETS]
        return [
            "# TYPE p2k2_requests_total counter",
            *answers,
            "# TYPE p2k2_request_seconds histogram",
            *buckets,
            f'p2k2_request_seconds_bucket{{le="+Inf"}} {total}',
            f"p2k2_request_seconds_sum {spent:.6f}",
            f"p2k2_request_seconds_count {total}",
        ]


def install(app: Flask) -> None:
    """Before and after each request."""
    logs.install(str(app.config["LOG"]))
    app.extensions["numbers"] = Numbers()
    app.before_request(_begin)
    app.after_request(_end)
    app.register_blueprint(watching)


def _begin() -> None:
    given = request.headers.get(HEADER, "")
    g.began = time.perf_counter()
    g.request_id = given if current_app.config["TRUSTED_PROXIES"] and GIVEN.fullmatch(given) else secrets.token_hex(8)
    logs.request_id.set(g.request_id)


def _end(response: Response) -> Response:
    rule = request.url_rule.rule if request.url_rule else "-"
    took = time.perf_counter() - g.get("began", time.perf_counter())
    response.headers[HEADER] = g.get("request_id", "")
    numbers: Numbers = current_app.extensions["numbers"]
    numbers.add(_method(request.method), rule, response.status_code, took)
    about = {"method": _method(request.method), "rule": rule, "status": response.status_code, "ms": round(took * 1000)}
    log.info("answered", extra=about)
    return response


def _method(said: str) -> str:
    return said if said in {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"} else "-"


@watching.get("/metrik")
@public
def metrics() -> ResponseReturnValue:
    """For a watcher with the token, as a bearer; for everybody else there is no such page."""
    token = str(current_app.config["METRICS_TOKEN"])
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        abort(404)
    numbers: Numbers = current_app.extensions["numbers"]
    queue = [
        "# TYPE p2k2_queue_oldest_seconds gauge",
        f"p2k2_queue_oldest_seconds {jobs.oldest_waiting_seconds():.1f}",
        "# TYPE p2k2_jobs_given_up gauge",
        f"p2k2_jobs_given_up {jobs.given_up()}",
    ]
    text = "\n".join([*numbers.lines(), *queue, ""])
    return text, 200, {"Content-Type": "text/plain; version=0.0.4; charset=utf-8", "Cache-Control": "no-store"}
