"""The use-cases of assessment, and what it answers to the plugins above: its front door."""

from p2k2lms.plugins.assessment.service.answering import ANSWER, FINISH, send_answer, send_finish
from p2k2lms.plugins.assessment.service.bank import draw_for, practice_of, quick_sesi
from p2k2lms.plugins.assessment.service.beside import item_figures, items_of_card
from p2k2lms.plugins.assessment.service.classes import ClassSheet, class_sheet
from p2k2lms.plugins.assessment.service.clinic import Clinic, class_clinic
from p2k2lms.plugins.assessment.service.ending import close_job
from p2k2lms.plugins.assessment.service.exporting import Export, export_items, losses
from p2k2lms.plugins.assessment.service.health import (
    TurnedItem,
    WeakForm,
    judged_versions,
    turned_items,
    weak_forms,
)
from p2k2lms.plugins.assessment.service.importing import Arrival, Delivery, import_file, look, take_in
from p2k2lms.plugins.assessment.service.items import (
    Draft,
    bank_of,
    courses_with_items,
    item_in,
    judged,
    remove_item,
    save_item,
)
from p2k2lms.plugins.assessment.service.late import LateCase, LateLine, LateList, decide_timing, late_case, late_list
from p2k2lms.plugins.assessment.service.mending import rescore
from p2k2lms.plugins.assessment.service.offers import (
    CourseTests,
    QuickCheck,
    own_tests,
    quick_check,
    tests_of,
)
from p2k2lms.plugins.assessment.service.person import PersonScores, may_read_answers, person_scores, scored_enrolments
from p2k2lms.plugins.assessment.service.quality import ClassTests, class_tests
from p2k2lms.plugins.assessment.service.reading import (
    AttemptCard,
    Sheet,
    first_open,
    overview,
    question,
    whole,
)
from p2k2lms.plugins.assessment.service.result import ClassResult, Result, class_result, result
from p2k2lms.plugins.assessment.service.retention import NIGHTLY, open_rounds
from p2k2lms.plugins.assessment.service.sending import keep_file, kept_file
from p2k2lms.plugins.assessment.service.sitting import (
    CLOSE,
    Ready,
    begin,
    open_post_test,
    ready,
    set_extra_time,
    skip_pre,
    start,
)
from p2k2lms.plugins.assessment.service.standing import (
    ahead_of_quick,
    ahead_of_scores,
    best_of,
    quick_marks,
    scores_of,
    tests_until,
)

__all__ = [
    "ANSWER",
    "CLOSE",
    "FINISH",
    "NIGHTLY",
    "Arrival",
    "AttemptCard",
    "ClassResult",
    "ClassSheet",
    "ClassTests",
    "Clinic",
    "CourseTests",
    "Delivery",
    "Draft",
    "Export",
    "LateCase",
    "LateLine",
    "LateList",
    "PersonScores",
    "QuickCheck",
    "Ready",
    "Result",
    "Sheet",
    "TurnedItem",
    "WeakForm",
    "ahead_of_quick",
    "ahead_of_scores",
    "bank_of",
    "begin",
    "best_of",
    "class_clinic",
    "class_result",
    "class_sheet",
    "class_tests",
    "close_job",
    "courses_with_items",
    "decide_timing",
    "draw_for",
    "export_items",
    "first_open",
    "import_file",
    "item_figures",
    "item_in",
    "items_of_card",
    "judged",
    "judged_versions",
    "keep_file",
    "kept_file",
    "late_case",
    "late_list",
    "look",
    "losses",
    "may_read_answers",
    "open_post_test",
    "open_rounds",
    "overview",
    "own_tests",
    "person_scores",
    "practice_of",
    "question",
    "quick_check",
    "quick_marks",
    "quick_sesi",
    "ready",
    "remove_item",
    "rescore",
    "result",
    "save_item",
    "scored_enrolments",
    "scores_of",
    "send_answer",
    "send_finish",
    "set_extra_time",
    "skip_pre",
    "start",
    "take_in",
    "tests_of",
    "tests_until",
    "turned_items",
    "weak_forms",
    "whole",
]
