"""A demo, whose passwords everybody knows, is served to this machine alone unless it is said to be public."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, request

from p2k2lms.core import nature
from p2k2lms.core.errors import Conflict
from p2k2lms.web import errors


def keep_out(app: Flask) -> None:
    """Answer every request with 503 where `nature.must_allow` forbids to serve what the database holds.

    Looked at with the first request that finds a database born: only then is it known to which address the server is
    bound, whatever started it. Once allowed it is not asked again, as neither the database's nature nor the address
    changes while a process lives.
    """
    allowed = False

    def look() -> Response | None:
        nonlocal allowed
        if allowed:
            return None
        try:
            nature.must_allow(app.config | {"HOST": _bound_to(request.environ)})
        except Conflict as refusal:
            return errors.show(503, str(refusal))
        allowed = nature.is_demo() is not None
        return None

    app.before_request(look)


def _bound_to(environ: Mapping[str, Any]) -> str:
    """The address that the server listens on, before any header of a proxy had its say; "" for a socket in a file."""
    first = environ.get("werkzeug.proxy_fix.orig", environ)
    return str(first.get("SERVER_NAME", "")) if first.get("REMOTE_ADDR") else ""
