"""What went wrong, said in plain words: what happened, is my work safe, what now."""

import logging
import secrets

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from p2k2lms.core.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, ReadOnly
from p2k2lms.core.journal import ALPHABET
from p2k2lms.web.problems import problem_of

log = logging.getLogger(__name__)
STATUS: dict[type[DomainError], int] = {NotFound: 404, NotAllowed: 403, Invalid: 422, Conflict: 409, DomainError: 409}


def install(app: Flask) -> None:
    """A handler for what a use-case refuses, those for what the database refuses, one for what HTTP itself refuses."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(IntegrityError, _taken)
    app.register_error_handler(DataError, _unheld)
    app.register_error_handler(OverflowError, _unheld)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(HTTPException, _failed)


def status_of(error: DomainError) -> int:
    """The HTTP status of a refusal, by its nearest named kind."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def _refused(error: DomainError) -> ResponseReturnValue:
    return show(status_of(error), str(error) if isinstance(error, Invalid | Conflict | ReadOnly) else "")


def _taken(error: IntegrityError) -> ResponseReturnValue:
    """A constraint spoke: somebody was there first, and nothing was counted twice."""
    return show(409, "", error)


def _unheld(error: DataError | OverflowError) -> ResponseReturnValue:
    """A number too large for every column, or a NUL: nothing can have such a name, and nobody fills it in."""
    return show(404 if request.method in ("GET", "HEAD") else 422, "", error)


def _busy(error: OperationalError) -> ResponseReturnValue:
    g.bare = True
    answer = show(503, "", error)
    answer.headers["Retry-After"] = "60"
    return answer


def _failed(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    status = error.code or 500
    answer = show(status, "", getattr(error, "original_exception", None))
    if retry := dict(error.get_headers()).get("Retry-After"):
        answer.headers["Retry-After"] = retry
    return answer


def show(status: int, message: str, cause: BaseException | None = None) -> Response:
    """The page (or JSON, for the API) of a refusal; its code stands in the log beside the cause."""
    code = f"G-{status}-" + "".join(secrets.choice(ALPHABET) for _ in range(4))
    if cause is not None:
        rule = request.url_rule.rule if request.url_rule else "-"  # the address itself may name somebody
        log.error("%s %s %s", code, request.method, rule, exc_info=cause)
    words = problem_of(status)
    if request.path.startswith("/api/"):
        told = message or str(words.happened)
        return make_response(jsonify(status=status, code=code, message=told, title=str(words.title)), status)
    return make_response(_page(status, code, message), status)


def _page(status: int, code: str, message: str) -> str:
    again = request.full_path.rstrip("?") if request.method == "GET" and status >= 429 else ""
    about = {"status": status, "code": code, "message": message, "problem": problem_of(status), "again": again}
    try:
        return render_template("errors/problem.html", **about)
    except Exception:
        if g.get("bare"):
            raise
        log.exception("%s: the page of the fault failed too; shown without its frame", code)
        g.bare = True
        return render_template("errors/problem.html", **about)
