"""The front door of the forum: what people write, what pages show, what is said about an answer."""

from p2k2lms.plugins.forum.service.asking import POST
from p2k2lms.plugins.forum.service.judging import confirm, cover, keep, report, say_helpful, unconfirm
from p2k2lms.plugins.forum.service.places import along, place, shelf
from p2k2lms.plugins.forum.service.reading import (
    Board,
    Desk,
    Page,
    answer_to_confirm,
    board,
    desk,
    page,
    post_to_report,
    reports,
)

__all__ = [
    "POST",
    "Board",
    "Desk",
    "Page",
    "along",
    "answer_to_confirm",
    "board",
    "confirm",
    "cover",
    "desk",
    "keep",
    "page",
    "place",
    "post_to_report",
    "report",
    "reports",
    "say_helpful",
    "shelf",
    "unconfirm",
]
