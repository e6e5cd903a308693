"""What several parts of one page ask is read once: panels know nothing of each other, so each asks for itself."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import g, has_request_context

from p2k2lms.core.db import writing

P = ParamSpec("P")
R = TypeVar("R")


def once_per_page(read: Callable[P, R]) -> Callable[P, R]:
    """Keep the answer for the rest of this request, until a use-case writes; for positional arguments alone.

    Inside a transaction, and outside of requests, it is read each time, so no decision stands on what was
    kept. What is kept must not be changed by those who get it.
    """

    @wraps(read)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        if not has_request_context() or writing.get() or kwargs:
            return read(*args, **kwargs)
        kept: dict[object, R] = g.setdefault("read_once", {})
        if (read, args) not in kept:
            keep(read, args, read(*args, **kwargs))
        return kept[read, args]

    return asked


def keep(read: object, args: tuple[object, ...], answer: object) -> None:
    """This is what the read will answer for the rest of the request."""
    g.setdefault("read_once", {})[read, args] = answer


def forget() -> None:
    """Something is about to change: whatever was kept is read again."""
    g.pop("read_once", None)
