"""Is the server alive, and is it ready to work? For watchers, not for people."""

import logging
import shutil

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from p2k2lms.core import jobs, schema, sqlite
from p2k2lms.core.db import is_sqlite
from p2k2lms.web.access import public

log = logging.getLogger(__name__)
health = Blueprint("health", __name__)
QUEUE_TOO_OLD_SECONDS = 15 * 60


@health.get("/sehat")
@public
def alive() -> ResponseReturnValue:
    """The process answers; nothing else is asked."""
    return "sehat\n", 200, {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}


@health.get("/siap")
@public
def ready() -> ResponseReturnValue:
    """Database, migrations, queue and disk, with the SQLite in use; 503 and the reason when one is not well."""
    engine = f"SQLite {sqlite.version()}" if is_sqlite() else "PostgreSQL"
    try:
        found, wanted = schema.current(), schema.head()
        queue = jobs.oldest_waiting_seconds() if found == wanted else None
        given_up = jobs.given_up() if found == wanted else None
    except SQLAlchemyError as problem:
        log.error("not ready: %s", problem)
        return jsonify(siap=False, alasan="database", database=engine), 503
    free = shutil.disk_usage(current_app.config["INSTANCE_DIR"]).free // 1024**2
    about = {"database": engine, "migration": found, "migration_head": wanted, "queue_seconds": queue}
    about |= {"jobs_given_up": given_up, "disk_free_mb": free}
    reason = _reason(queue, free)
    return jsonify(siap=not reason, alasan=reason, **about), 503 if reason else 200


def _reason(queue: float | None, free_mb: int) -> str:
    """What is not well, the gravest first; empty when all is. `queue` is None while a migration is missing."""
    if queue is None:
        return "migration"
    if queue > QUEUE_TOO_OLD_SECONDS:
        return "queue"
    return "disk" if free_mb < current_app.config["LEAST_FREE_MB"] else ""


@health.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """Nothing here is for a search engine."""
    return "User-agent: *\nDisallow: /\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
