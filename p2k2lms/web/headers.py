"""What every answer says to the browser about trust and keeping; behind a proxy, who really asked."""

from datetime import timedelta
from typing import Any

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from p2k2lms.web import cookies

SECURITY = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SIGNED_IN_FOR = timedelta(days=90)


class CookieSession(SecureCookieSessionInterface):
    """The signed session cookie; over https it never travels in the open. What signs it is made once."""

    def __init__(self) -> None:
        self._signs: tuple[object, Any] | None = None

    def get_signing_serializer(self, app: Flask) -> Any:
        if self._signs is None or self._signs[0] != app.secret_key:
            made = super().get_signing_serializer(app)
            self._signs = (app.secret_key, made) if made is not None else None
        return self._signs[1] if self._signs else None

    def get_cookie_name(self, app: Flask) -> str:
        return cookies.called(super().get_cookie_name(app))

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


def install(app: Flask) -> None:
    """Headers, compression, cookie rules, and trust in as many proxies as the settings say."""
    app.session_interface = CookieSession()
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=SIGNED_IN_FOR,
        SESSION_REFRESH_EACH_REQUEST=False,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_MIN_SIZE=400,
    )
    Compress(app)
    app.after_request(_label)
    if hops := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )


def _differs_by_cookie(response: Response, beside_others: bool) -> None:
    if beside_others:
        response.vary.add("Cookie")
    else:
        response.headers.add("Vary", "Cookie")


def _label(response: Response) -> Response:
    """Trust headers on every answer; what a view did not say otherwise about is personal and kept nowhere."""
    headers, said = response.headers, {name for name, _value in response.headers}
    headers.extend([(name, value) for name, value in SECURITY.items() if name not in said])
    if "Cache-Control" not in said:
        headers.add("Cache-Control", "private, no-store")
    if "Cache-Control" not in said or not response.cache_control.public:
        _differs_by_cookie(response, "Vary" in said)
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response
