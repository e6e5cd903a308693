"""What a survey frame keeps of people: no name, no number."""

from collections.abc import Iterable
from datetime import date

from p2k2lms.plugins.identity.queries import frames as read
from p2k2lms.plugins.identity.values import FrameCard, UnitCard

DEPTH_OF_KABUPATEN = 3  # below nasional, regional and provinsi


def frame_of(ids: Iterable[int]) -> dict[int, FrameCard]:
    """Sex, birth, education and first day of service of these people."""
    return read.frames(ids)


def supervisors_of(ids: Iterable[int], day: date) -> dict[int, int]:
    """Who supervises each of these pendamping on the day; who has nobody is left out."""
    return read.supervisors(ids, day)


def kabupaten_of(unit: UnitCard) -> int | None:
    """The id of the kabupaten/kota that the unit lies in or is; None above that level."""
    downward = unit.lineage[::-1]
    return downward[DEPTH_OF_KABUPATEN] if len(downward) > DEPTH_OF_KABUPATEN else None
