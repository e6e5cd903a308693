"""Pieces of work of one job, of which one that fails keeps no other waiting."""

import logging
from collections.abc import Callable, Iterable

log = logging.getLogger(__name__)

Piece = tuple[str, Callable[[], object]]
"""What it is about, for the log, and the work, which opens a transaction of its own."""


def each(failing: str, pieces: Iterable[Piece]) -> None:
    """Do every piece in turn; then ExceptionGroup with `failing` if some failed, so that the job is tried again.

    Whatever a piece raises, the next one is not to blame: it is logged with what the piece was about.
    """
    broken: list[Exception] = []
    for subject, do in pieces:
        try:
            do()
        except Exception as problem:
            log.exception("%s: %s", failing, subject)
            broken.append(problem)
    if broken:
        raise ExceptionGroup(failing, broken)
