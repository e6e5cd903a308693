"""Pure decisions about learning: what is read and open, how a scene is played, what is printed."""

from p2k2lms.plugins.delivery.rules.printing import leaves
from p2k2lms.plugins.delivery.rules.reading import (
    ORDERED,
    is_newer,
    lock_on,
    modul_states,
    neighbour,
    opens_after,
    place_of,
    required_in,
    resume,
    sesi_lock,
    sesi_of_scene,
    sesi_states,
    share,
)
from p2k2lms.plugins.delivery.rules.scenes import NoSuchWay, result, walk

__all__ = [
    "ORDERED",
    "NoSuchWay",
    "is_newer",
    "leaves",
    "lock_on",
    "modul_states",
    "neighbour",
    "opens_after",
    "place_of",
    "required_in",
    "result",
    "resume",
    "sesi_lock",
    "sesi_of_scene",
    "sesi_states",
    "share",
    "walk",
]
