"""Texts for people: Indonesian in the source, other languages by catalogue; the only file that knows Flask-Babel."""

from typing import Any
from zoneinfo import ZoneInfo

import flask_babel
from babel.dates import format_date as _babel_date
from flask import Flask, has_request_context

LANGUAGES = ("id", "en")


def install(app: Flask, choose: Any) -> None:
    """Make texts translatable; `choose()` names the language of this request."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "id")
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    flask_babel.Babel(app, locale_selector=lambda: choose() if has_request_context() else "id")


def _(text: str, **values: Any) -> str:
    """The text in the language of this request, with %(name)s filled in."""
    return str(flask_babel.gettext(text, **values))


def lazy(text: str, **values: Any) -> Any:
    """The same, decided when it is shown: for declarations made at import."""
    return flask_babel.lazy_gettext(text, **values)


def plural(one: str, many: str, number: int, **values: Any) -> str:
    """One of two texts by number; Indonesian has one form, English two."""
    return str(flask_babel.ngettext(one, many, number, **values))


def language() -> str:
    """The language of this request: "id" or "en"."""
    return str(flask_babel.get_locale() or "id")


def long_date(day: Any) -> str:
    """A day in words: 21 November 2026."""
    return _babel_date(day, "d MMMM y", locale=language())


def moment(instant: Any, zone: str = "Asia/Makassar") -> str:
    """An instant in words, on the clock of its place: 21 November 2026, 10.42 WITA."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{long_date(local)}, {local:%H.%M %Z}"


def weekday(day: Any) -> str:
    """A day with its name: Sabtu, 21 November 2026."""
    return _babel_date(day, "EEEE, d MMMM y", locale=language())
