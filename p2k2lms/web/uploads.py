"""Files that people send: which views take more than an ordinary form, and the door for photos of a phone."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Flask, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from p2k2lms.core import photos
from p2k2lms.core.errors import Conflict
from p2k2lms.core.i18n import _
from p2k2lms.web.access import requires
from p2k2lms.web.api import SEND
from p2k2lms.web.login import current_actor
from p2k2lms.web.openapi import takes_in

uploads = Blueprint("uploads", __name__)
View = TypeVar("View", bound=Callable[..., object])
A_PHOTO, A_FORM = 13 * 1024 * 1024, 32 * 1024 * 1024


def takes(most: int) -> Callable[[View], View]:
    """This view takes a body of so many bytes; stands above `@requires`, below the route."""

    def marked(view: View) -> View:
        view.takes = most  # type: ignore[attr-defined]
        return view

    return marked


def install(app: Flask) -> None:
    """Before anything reads the body: how long it may be."""
    app.before_request(_make_room)


def _make_room() -> None:
    most = getattr(current_app.view_functions.get(request.endpoint or ""), "takes", None)
    if most is not None:
        request.max_content_length = most


@uploads.put("/api/v1/foto/<sha>")
@takes(A_PHOTO)
@takes_in("image/*")
@requires(SEND)
def photo(sha: str) -> ResponseReturnValue:
    """The bytes of a photo, named by their hash; a submission that follows says to what they belong."""
    data = request.get_data(cache=False)
    if hashlib.sha256(data).hexdigest() != sha:
        raise Conflict(_("Foto berubah di jalan. Dikirim lagi."))
    return jsonify(photo=photos.receive(current_actor(), data))
