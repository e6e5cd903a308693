"""Small things that a browser keeps for us: out of reach of scripts and other sites, over https never in the open.

Over https the name itself says so (`__Host-`, `__Secure-`): a browser then takes such a cookie from this host alone,
so that neither a neighbour below the same domain nor somebody on the way can slip one in.
"""

from datetime import timedelta

from flask import request
from werkzeug.wrappers import Response

HOST, SECURE = "__Host-", "__Secure-"


def called(name: str, path: str = "/") -> str:
    """The name under which this cookie travels in this request."""
    if not request.is_secure:
        return name
    return f"{HOST if path == '/' else SECURE}{name}"


def kept(name: str, path: str = "/") -> str:
    """What the browser has under this name; "" for nothing."""
    return request.cookies.get(called(name, path), "")


def keep(answer: Response, name: str, value: str, time: timedelta, path: str = "/") -> None:
    """Let the browser keep this for so long."""
    answer.set_cookie(
        called(name, path), value, max_age=time, httponly=True, samesite="Lax", secure=request.is_secure, path=path
    )
