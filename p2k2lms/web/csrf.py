"""No form without its token: every unsafe request is checked, so that none can forget it."""

from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError, validate_csrf
from wtforms import ValidationError

from p2k2lms.web.login import current_actor

protect = CSRFProtect()
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}


def install(app: Flask) -> None:
    """Check the token of every unsafe request, whatever the view."""
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    app.config.setdefault("WTF_CSRF_SSL_STRICT", False)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    protect.init_app(app)
    app.before_request(_check)


def _check() -> None:
    """A form: its token. The API: first who it is (401: a phone keeps its work), then whence, then its token."""
    if request.method in SAFE or request.endpoint is None:
        return
    if request.path.startswith("/api/"):
        if current_actor().id is None:
            abort(401)
        if current_app.config["WTF_CSRF_ENABLED"]:
            _check_script()
    elif current_app.config["WTF_CSRF_ENABLED"]:
        protect.protect()


def _check_script() -> None:
    """A script sends its token in a header: no form is looked for in what it sends."""
    if not _from_here():
        abort(400, "the request came from a page of another site")
    try:
        validate_csrf(request.headers.get("X-CSRFToken"))
    except ValidationError as refusal:
        raise CSRFError(str(refusal)) from None


def _from_here() -> bool:
    """True if the browser says that a page of this site sent it; scripts always say so."""
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        return urlsplit(said).netloc == request.host
    except ValueError:  # no address at all
        return False
