"""Texts for people: Indonesian in the source, other languages by catalogue; the only file that knows Flask-Babel.

A page says fifty texts. The source language needs no catalogue, so an Indonesian page looks nothing up.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import flask_babel
from babel.dates import format_date as _babel_date
from flask import Flask, current_app, g, has_request_context
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from p2k2lms.core import clock

SOURCE = "id"
SIGNS = str.maketrans(",.", ".,")  # of the source language, where Python writes as in English
LANGUAGES = (SOURCE, "en")


def install(app: Flask, choose: Callable[[], str]) -> None:
    """Make texts translatable; `choose()` names the language of this request."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", SOURCE)
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    app.extensions["choose_language"] = choose
    flask_babel.Babel(app, locale_selector=language)
    app.jinja_env.globals.update({"_": _on_a_page, "counted": _counted_on_a_page})


def language() -> str:
    """The language of this request, decided once: "id" or "en"."""
    if not has_request_context():
        return SOURCE
    known: str | None = g.get("language")
    if known is None:
        known = g.language = current_app.extensions["choose_language"]()
    return known


class Said(str):
    """A text in the language of this request that knows its source: kept, it can be said in another language."""

    source: str
    values: Mapping[str, Any]
    number: int | None


def say(source: str, values: Mapping[str, Any], number: int | None = None) -> Said:
    """The text in the language of this request, in the form for `number` if it is a counted one."""
    found = _found(source) if number is None else _form(source, number)
    filled = {name: _filled(value) for name, value in values.items()}
    if number is not None:
        filled = {"n": number, **filled}
    told = Said(found % filled if filled else found)
    told.source, told.values, told.number = source, values, number
    return told


def said(value: Any) -> Said | None:
    """What is known of the source of this text, if it is one that was said here or will be."""
    if isinstance(value, LazyString):
        value = value._func(*value._args, **value._kwargs)
    return value if isinstance(value, Said) else None


def _(text: str, **values: Any) -> str:
    """The text in the language of this request, with %(name)s filled in; several texts for one name make a list."""
    return say(text, values)


def _found(text: str) -> str:
    return text if language() == SOURCE else str(flask_babel.gettext(text))


def _filled(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


@pass_eval_context
def _on_a_page(context: EvalContext, text: str, **values: Any) -> str:
    """The same in a template: the text is trusted, what is filled in is escaped."""
    if not context.autoescape:
        return _(text, **values)
    found = Markup(_found(text))
    return found % values if values else found


def lazy(text: str, **values: Any) -> Any:
    """The same, decided when it is shown: for declarations made at import."""
    return LazyString(_, text, **values)


def now(text: Any, **values: Any) -> str:
    """A text that was declared so, said now and filled in."""
    told = said(text)
    return say(told.source, {**told.values, **values}) if told is not None else str(text)


def counted(text: str, n: int, **values: Any) -> str:
    """A text with the number %(n)s in it: Indonesian has one form of it, English two."""
    return say(text, values, n)


@pass_eval_context
def _counted_on_a_page(context: EvalContext, text: str, n: int, **values: Any) -> str:
    found = _form(text, n)
    return (Markup(found) if context.autoescape else found) % {"n": n, **values}


def _form(text: str, n: int) -> str:
    return text if language() == SOURCE else str(flask_babel.get_translations().ungettext(text, text, n))


def long_date(day: Any) -> str:
    """A day in words: 21 November 2026."""
    return _day_in_words(day.year, day.month, day.day, language())


@lru_cache(maxsize=4096)
def _day_in_words(year: int, month: int, day: int, language: str) -> str:
    """A long list says the same days again and again."""
    return _babel_date(date(year, month, day), "d MMMM y", locale=language)


def moment(instant: Any, zone: str = clock.HOME) -> str:
    """An instant in words, on the clock of its place: 21 November 2026, 10.42 WITA."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{long_date(local)}, {local:%H.%M %Z}"


def month(day: Any) -> str:
    """A month in words: November 2026."""
    return _babel_date(day, "MMMM y", locale=language())


def number(value: float, decimals: int = 0) -> str:
    """A number as people write it: 12.345,6 in Indonesian."""
    written = f"{round(value, decimals) + 0:,.{decimals}f}"  # what rounds to nothing has no sign
    return written if language() == "en" else written.translate(SIGNS)


def pointed(written: str) -> str:
    """A number that Python wrote, with the decimal sign of its reader: 15,5 in Indonesian, 15.5 in English."""
    return written if language() == "en" else written.replace(".", ",")


def weekday(day: Any) -> str:
    """A day with its name: Sabtu, 21 November 2026."""
    return _babel_date(day, "EEEE, d MMMM y", locale=language())
