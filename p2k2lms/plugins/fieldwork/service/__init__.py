"""The front door of the field: what its pages and the plugins above may ask and do."""

from p2k2lms.plugins.fieldwork.service.arranging import Part, changeable, desa_of, merge, neighbours, split
from p2k2lms.plugins.fieldwork.service.course import FieldCourse
from p2k2lms.plugins.fieldwork.service.course import field_course as taught_course
from p2k2lms.plugins.fieldwork.service.coverage import Line, coverage_map
from p2k2lms.plugins.fieldwork.service.covered import (
    COUNT_COVERAGE,
    UnitCoverage,
    UnitMonth,
    count_coverage,
    unit_coverage,
    unit_month,
)
from p2k2lms.plugins.fieldwork.service.demo_year import Year, months_known, write_sums, write_year
from p2k2lms.plugins.fieldwork.service.groups import (
    ROSTER,
    FormSent,
    GroupData,
    add_group,
    group,
    held_by,
    ledger,
    named_groups,
    own_groups,
    places_for,
    send,
)
from p2k2lms.plugins.fieldwork.service.handing import Handed, hand_over, handed, takers, tell_phone
from p2k2lms.plugins.fieldwork.service.home import home
from p2k2lms.plugins.fieldwork.service.importing import check_sheet, import_groups, with_faults
from p2k2lms.plugins.fieldwork.service.leaving import (
    LEAVE_LATE,
    WithoutHolder,
    leave_groups,
    leave_late,
    left_by,
    without_holder,
)
from p2k2lms.plugins.fieldwork.service.loop import card_loop
from p2k2lms.plugins.fieldwork.service.meetings import CANCEL, CORRECTION, MEETING, NO_MEETING
from p2k2lms.plugins.fieldwork.service.monthly import acknowledge, all_signed, inbox, monthly_page, sign
from p2k2lms.plugins.fieldwork.service.months import checked_reports, leader_months, month_facts, person_months
from p2k2lms.plugins.fieldwork.service.needs import COUNT_CARDS, CardsInNeed, cards_in_need, count_cards
from p2k2lms.plugins.fieldwork.service.obstacles import (
    COUNT,
    answer,
    count_job,
    obstacle_board,
    offer_help,
    withdraw_help,
)
from p2k2lms.plugins.fieldwork.service.person import field_months
from p2k2lms.plugins.fieldwork.service.picturing import PHOTO, photo, photos_of, send_photo
from p2k2lms.plugins.fieldwork.service.planning import keep_month, keep_year, year_plan
from p2k2lms.plugins.fieldwork.service.reading import Desk, GroupPage, desk, group_page, own_lines
from p2k2lms.plugins.fieldwork.service.remarks import cover, remark, reply
from p2k2lms.plugins.fieldwork.service.reviewing import board, say
from p2k2lms.plugins.fieldwork.service.spotting import SPOT_CHECK, numbers_of, quarter
from p2k2lms.plugins.fieldwork.service.taking import TakenBook, book_sesi, take_book
from p2k2lms.plugins.fieldwork.service.teaching import (
    Lesson,
    MeetingPage,
    groups_to_teach,
    lesson,
    meeting,
    own_meeting,
    report_desk,
    warnings,
)
from p2k2lms.plugins.fieldwork.service.verification import (
    DRAW,
    VERIFICATION,
    contact_since,
    draw_file,
    draw_month,
    draws,
    forget_contact,
    keep_contact,
    my_tasks,
    task,
)
from p2k2lms.plugins.fieldwork.service.waiting import Waiting, waiting
from p2k2lms.plugins.fieldwork.service.waiting import ahead as waiting_ahead

__all__ = [
    "CANCEL",
    "CORRECTION",
    "COUNT",
    "COUNT_CARDS",
    "COUNT_COVERAGE",
    "DRAW",
    "LEAVE_LATE",
    "MEETING",
    "NO_MEETING",
    "PHOTO",
    "ROSTER",
    "SPOT_CHECK",
    "VERIFICATION",
    "CardsInNeed",
    "Desk",
    "FieldCourse",
    "FormSent",
    "GroupData",
    "GroupPage",
    "Handed",
    "Lesson",
    "Line",
    "MeetingPage",
    "Part",
    "TakenBook",
    "UnitCoverage",
    "UnitMonth",
    "Waiting",
    "WithoutHolder",
    "Year",
    "acknowledge",
    "add_group",
    "all_signed",
    "answer",
    "board",
    "book_sesi",
    "card_loop",
    "cards_in_need",
    "changeable",
    "check_sheet",
    "checked_reports",
    "contact_since",
    "count_cards",
    "count_coverage",
    "count_job",
    "cover",
    "coverage_map",
    "desa_of",
    "desk",
    "draw_file",
    "draw_month",
    "draws",
    "field_months",
    "forget_contact",
    "group",
    "group_page",
    "groups_to_teach",
    "hand_over",
    "handed",
    "held_by",
    "home",
    "import_groups",
    "inbox",
    "keep_contact",
    "keep_month",
    "keep_year",
    "leader_months",
    "leave_groups",
    "leave_late",
    "ledger",
    "left_by",
    "lesson",
    "meeting",
    "merge",
    "month_facts",
    "monthly_page",
    "months_known",
    "my_tasks",
    "named_groups",
    "neighbours",
    "numbers_of",
    "obstacle_board",
    "offer_help",
    "own_groups",
    "own_lines",
    "own_meeting",
    "person_months",
    "photo",
    "photos_of",
    "places_for",
    "quarter",
    "remark",
    "reply",
    "report_desk",
    "say",
    "send",
    "send_photo",
    "sign",
    "split",
    "take_book",
    "takers",
    "task",
    "taught_course",
    "tell_phone",
    "unit_coverage",
    "unit_month",
    "waiting",
    "waiting_ahead",
    "warnings",
    "with_faults",
    "withdraw_help",
    "without_holder",
    "write_sums",
    "write_year",
    "year_plan",
]
