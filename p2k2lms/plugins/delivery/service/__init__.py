"""The use-cases of learning, and what it answers to the plugins above: its front door."""

from p2k2lms.plugins.delivery.service.finishing import OTHER_VERSION, OUT_OF_ORDER, finish, send_finished, send_played
from p2k2lms.plugins.delivery.service.reading import (
    ahead,
    ahead_of_done,
    desk,
    done_by_version,
    done_counts,
    done_in_each,
    done_steps,
    doors,
    keep_position,
    must_learn,
    outline,
    printable,
    read,
    running,
    search,
    take_along,
)
from p2k2lms.plugins.delivery.service.scenes import behaviours, play

__all__ = [
    "OTHER_VERSION",
    "OUT_OF_ORDER",
    "ahead",
    "ahead_of_done",
    "behaviours",
    "desk",
    "done_by_version",
    "done_counts",
    "done_in_each",
    "done_steps",
    "doors",
    "finish",
    "keep_position",
    "must_learn",
    "outline",
    "play",
    "printable",
    "read",
    "running",
    "search",
    "send_finished",
    "send_played",
    "take_along",
]
