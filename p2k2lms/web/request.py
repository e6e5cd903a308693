"""What people typed as it reaches every view: without the one sign that no database keeps."""

from collections.abc import Iterable
from typing import Any

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict


class WithoutNul(ImmutableMultiDict[str, str]):
    """The words of an address or a form, without NUL signs, which PostgreSQL refuses; files stay as they came."""

    def __init__(self, given: Iterable[Any] | None = None) -> None:
        told = MultiDict(given or ()).items(multi=True)
        super().__init__([(name, said.replace("\x00", "") if isinstance(said, str) else said) for name, said in told])


class Asked(Request):
    """A request of ours."""

    parameter_storage_class = WithoutNul


def install(app: Flask) -> None:
    """Every request from now on."""
    app.request_class = Asked
