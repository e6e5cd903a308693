"""What is printed of a sesi for a meeting without any screen."""

from flask import Blueprint, Response, make_response
from flask.typing import ResponseReturnValue

from p2k2lms.plugins.delivery import prints, service
from p2k2lms.plugins.delivery.permissions import READ_CARD
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

print_pages = Blueprint("delivery_prints", __name__)


@print_pages.get("/belajar/<course>/<sesi>/lembar-balik.pdf")
@requires(READ_CARD)
def flipchart(course: str, sesi: str) -> ResponseReturnValue:
    """The flip chart of a sesi that is open to the learner."""
    return _file(prints.flipchart(service.printable(current_actor(), course, sesi)), f"lembar-balik-{sesi}.pdf")


@print_pages.get("/belajar/<course>/<sesi>/lembar-kerja.pdf")
@requires(READ_CARD)
def worksheet(course: str, sesi: str) -> ResponseReturnValue:
    """The worksheet of a sesi that is open to the learner."""
    return _file(prints.worksheet(service.printable(current_actor(), course, sesi)), f"lembar-kerja-{sesi}.pdf")


def _file(pdf: bytes, name: str) -> Response:
    answer = make_response(pdf)
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
