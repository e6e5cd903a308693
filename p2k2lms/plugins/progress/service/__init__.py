"""The front door of progress: what routes, reactions and higher plugins may ask and do."""

from p2k2lms.plugins.progress.service.deciding import (
    LONGEST_NOTE,
    close,
    consider,
    decide,
    decide_all,
    decide_each,
    note_attendance,
    note_reading,
)
from p2k2lms.plugins.progress.service.desk import ahead, classes_over
from p2k2lms.plugins.progress.service.equivalence import case as path_case
from p2k2lms.plugins.progress.service.equivalence import decide as decide_path
from p2k2lms.plugins.progress.service.equivalence import equivalence
from p2k2lms.plugins.progress.service.equivalence import of_path as equivalence_of
from p2k2lms.plugins.progress.service.equivalence import waiting as paths_waiting
from p2k2lms.plugins.progress.service.ladder import (
    Rung,
    may_lead,
    next_rung,
    note_check,
    note_observation,
    note_step,
    refresh,
    rungs_of,
)
from p2k2lms.plugins.progress.service.moving import FOLLOW, MOVED, ClassMove, class_move, follow, move_class, newer_than
from p2k2lms.plugins.progress.service.reading import (
    AT_A_TIME,
    PAGE,
    ClassMarks,
    Closing,
    Proposal,
    ahead_of_person,
    all_people,
    class_rows,
    closing,
    completions,
    completions_of,
    counts,
    marks,
    people,
    shown_rows,
    state_in,
    state_of,
)
from p2k2lms.plugins.progress.service.report import ClassReport, class_report
from p2k2lms.plugins.progress.service.telling import TOLD, tell

__all__ = [
    "AT_A_TIME",
    "FOLLOW",
    "LONGEST_NOTE",
    "MOVED",
    "PAGE",
    "TOLD",
    "ClassMarks",
    "ClassMove",
    "ClassReport",
    "Closing",
    "Proposal",
    "Rung",
    "ahead",
    "ahead_of_person",
    "all_people",
    "class_move",
    "class_report",
    "class_rows",
    "classes_over",
    "close",
    "closing",
    "completions",
    "completions_of",
    "consider",
    "counts",
    "decide",
    "decide_all",
    "decide_each",
    "decide_path",
    "equivalence",
    "equivalence_of",
    "follow",
    "marks",
    "may_lead",
    "move_class",
    "newer_than",
    "next_rung",
    "note_attendance",
    "note_check",
    "note_observation",
    "note_reading",
    "note_step",
    "path_case",
    "paths_waiting",
    "people",
    "refresh",
    "rungs_of",
    "shown_rows",
    "state_in",
    "state_of",
    "tell",
]
