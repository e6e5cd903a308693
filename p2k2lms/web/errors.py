"""What went wrong, said in plain words: what happened, is my work safe, what now."""

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from p2k2lms.core.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound

STATUS: dict[type[DomainError], int] = {NotFound: 404, NotAllowed: 403, Invalid: 422, Conflict: 409, DomainError: 409}


def install(app: Flask) -> None:
    """One handler for what a use-case refuses, one for what HTTP itself refuses."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(HTTPException, _failed)


def status_of(error: DomainError) -> int:
    """The HTTP status of a refusal, by its nearest named kind."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def _refused(error: DomainError) -> ResponseReturnValue:
    return _show(status_of(error), str(error) if isinstance(error, Invalid | Conflict) else "")


def _failed(error: HTTPException) -> ResponseReturnValue:
    return _show(error.code or 500, "") if error.response is None else error.response


def _show(status: int, message: str) -> ResponseReturnValue:
    if request.path.startswith("/api/"):
        return jsonify(status=status, message=message), status
    return render_template("errors/problem.html", status=status, message=message), status
