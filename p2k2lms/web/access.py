"""Who may open a view: said aloud at each one, and a test listens."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.access import Permission, require
from p2k2lms.web.login import current_actor

P = ParamSpec("P")
R = TypeVar("R")


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Anyone may open this, signed in or not."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def requires(permission: Permission) -> Callable[[Callable[P, Any]], Callable[P, ResponseReturnValue]]:
    """Only who is signed in (else to /masuk, or 401 for the API) and holds a role of the permission (else 403)."""

    def guard(view: Callable[P, Any]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            actor = current_actor()
            if actor.id is None:
                return ask_to_sign_in()
            require(actor, permission)
            answer: ResponseReturnValue = view(*args, **kwargs)
            return answer

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return guard


def ask_to_sign_in() -> ResponseReturnValue:
    """Lead to the sign-in page and back; an API caller gets 401 and keeps its work."""
    if request.path.startswith("/api/"):
        abort(401)
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("identity.sign_in", next=back))
