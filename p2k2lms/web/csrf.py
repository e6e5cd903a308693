"""No form without its token: every POST is checked, so that none can forget it."""

from flask import Flask
from flask_wtf import CSRFProtect

protect = CSRFProtect()


def install(app: Flask) -> None:
    """Check the token of every unsafe request, whatever the view."""
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    app.config.setdefault("WTF_CSRF_SSL_STRICT", False)
    protect.init_app(app)
