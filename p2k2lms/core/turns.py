"""Pieces of work of one job, of which one that fails keeps no other waiting."""

import logging
from collections.abc import Callable, Sequence

from p2k2lms.core.unit_of_work import let_go

log = logging.getLogger(__name__)

Piece = tuple[str, Callable[[], object]]
"""What it is about, for the log, and the work, which opens a transaction of its own or looks up pieces of its own."""


def each(failing: str, pieces: Sequence[Piece]) -> None:
    """Do every piece in turn; then ExceptionGroup with `failing` if some failed, so that the job is tried again.

    Whatever a piece raises, the next one is not to blame: it is logged with what the piece was about, and what it had
    begun to read is let go. A piece may call this itself: then the faults of its pieces are told as they stand. Pieces
    are a list, never looked up on the way, for a look that fails would keep those behind it waiting.
    """
    broken: list[Exception] = []
    for subject, do in pieces:
        try:
            do()
        except ExceptionGroup as several:
            broken.extend(several.exceptions)
            let_go()
        except Exception as problem:
            log.exception("%s: %s", failing, subject)
            broken.append(problem)
            let_go()
    if broken:
        raise ExceptionGroup(failing, broken)
