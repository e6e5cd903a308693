"""Columns of JSON with texts for people: kept by their source, and read in the language of whoever reads them."""

from typing import Any

from sqlalchemy import JSON
from sqlalchemy.types import TypeDecorator

from p2k2lms.core import i18n

SOURCE, VALUES, NUMBER = "source", "values", "number"


class Told(TypeDecorator[Any]):
    """JSON in which a text that our own code said is no longer of the language in which it was said.

    What somebody typed, and what was kept before, is read as it stands.
    """

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        return _kept(value)

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return _read(value)


def _kept(value: Any) -> Any:
    if (text := i18n.said(value)) is not None:
        return {SOURCE: text.source, VALUES: _kept(dict(text.values)), NUMBER: text.number}
    if isinstance(value, dict):
        return {name: _kept(one) for name, one in value.items()}
    return [_kept(one) for one in value] if isinstance(value, list | tuple) else value


def _read(value: Any) -> Any:
    if isinstance(value, dict):
        told = {name: _read(one) for name, one in value.items()}
        return i18n.say(told[SOURCE], told[VALUES], told[NUMBER]) if told.keys() == {SOURCE, VALUES, NUMBER} else told
    return [_read(one) for one in value] if isinstance(value, list) else value
