"""The front door of evaluation: what its pages and the plugins above may ask and do."""

from p2k2lms.plugins.evaluation.queries.families import families_asked
from p2k2lms.plugins.evaluation.rules.trends import has_line
from p2k2lms.plugins.evaluation.service.assigning import ASKED
from p2k2lms.plugins.evaluation.service.book import book
from p2k2lms.plugins.evaluation.service.bulk import Filled, keep_sheets
from p2k2lms.plugins.evaluation.service.importing import (
    Imported,
    OldWave,
    alumni_template,
    answers_template,
    import_alumni,
    import_answers,
)
from p2k2lms.plugins.evaluation.service.instruments import (
    InstrumentPage,
    add_question,
    askable,
    change_question,
    discard,
    draft,
    instrument_page,
    instruments,
    remove_question,
    ship,
    titles,
    try_out,
    version_card,
)
from p2k2lms.plugins.evaluation.service.levels import ahead_of_said, applying, found_useful
from p2k2lms.plugins.evaluation.service.making import WavePlan, make_wave
from p2k2lms.plugins.evaluation.service.publishing import publish
from p2k2lms.plugins.evaluation.service.reactions import Reactions, ReactionsPage, class_reactions, reactions_page
from p2k2lms.plugins.evaluation.service.releasing import RELEASE, release_all, release_leaver, release_left
from p2k2lms.plugins.evaluation.service.replying import REPLY, SheetPage, Task, sheet, tasks, waits
from p2k2lms.plugins.evaluation.service.results import ResultPage, result
from p2k2lms.plugins.evaluation.service.rows import codebook, rows_without_names
from p2k2lms.plugins.evaluation.service.schedule import AUTOMATIC, NIGHTLY, nightly
from p2k2lms.plugins.evaluation.service.sides import SidesPage, sides_page
from p2k2lms.plugins.evaluation.service.trends import TrendPage, trend_page
from p2k2lms.plugins.evaluation.service.trial import TrialPage, trial_page
from p2k2lms.plugins.evaluation.service.watching import to_excuse, unasked_page, wave_page
from p2k2lms.plugins.evaluation.service.waves import (
    REMINDER,
    close,
    draw_phones,
    excuse,
    remind,
    wave,
    waves,
)

__all__ = [
    "ASKED",
    "AUTOMATIC",
    "NIGHTLY",
    "RELEASE",
    "REMINDER",
    "REPLY",
    "Filled",
    "Imported",
    "InstrumentPage",
    "OldWave",
    "Reactions",
    "ReactionsPage",
    "ResultPage",
    "SheetPage",
    "SidesPage",
    "Task",
    "TrendPage",
    "TrialPage",
    "WavePlan",
    "add_question",
    "ahead_of_said",
    "alumni_template",
    "answers_template",
    "applying",
    "askable",
    "book",
    "change_question",
    "class_reactions",
    "close",
    "codebook",
    "discard",
    "draft",
    "draw_phones",
    "excuse",
    "families_asked",
    "found_useful",
    "has_line",
    "import_alumni",
    "import_answers",
    "instrument_page",
    "instruments",
    "keep_sheets",
    "make_wave",
    "nightly",
    "publish",
    "reactions_page",
    "release_all",
    "release_leaver",
    "release_left",
    "remind",
    "remove_question",
    "result",
    "rows_without_names",
    "sheet",
    "ship",
    "sides_page",
    "tasks",
    "titles",
    "to_excuse",
    "trend_page",
    "trial_page",
    "try_out",
    "unasked_page",
    "version_card",
    "waits",
    "wave",
    "wave_page",
    "waves",
]
