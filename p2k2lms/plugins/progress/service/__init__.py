"""The front door of progress: what routes, reactions and higher plugins may ask and do."""

from p2k2lms.plugins.progress.service.deciding import LONGEST_NOTE, close, consider, decide, decide_all, note_reading
from p2k2lms.plugins.progress.service.reading import (
    AT_A_TIME,
    PAGE,
    ClassMarks,
    Closing,
    Proposal,
    all_people,
    closing,
    completion,
    completions_of,
    counts,
    marks,
    people,
    shown_rows,
    state_in,
    state_of,
)

__all__ = [
    "AT_A_TIME",
    "LONGEST_NOTE",
    "PAGE",
    "ClassMarks",
    "Closing",
    "Proposal",
    "all_people",
    "close",
    "closing",
    "completion",
    "completions_of",
    "consider",
    "counts",
    "decide",
    "decide_all",
    "marks",
    "note_reading",
    "people",
    "shown_rows",
    "state_in",
    "state_of",
]
