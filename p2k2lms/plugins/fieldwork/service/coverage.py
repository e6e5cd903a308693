"""The map of groups and sesi: what each group had, what was passed over, and what comes next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, has_role, require
from p2k2lms.plugins.catalogue.values import OutlineSesi
from p2k2lms.plugins.fieldwork.permissions import CREATE_GROUP, LIST_GROUPS, LIST_REPORTS
from p2k2lms.plugins.fieldwork.queries import groups as read
from p2k2lms.plugins.fieldwork.queries import meetings as read_meetings
from p2k2lms.plugins.fieldwork.queries import plans as read_plans
from p2k2lms.plugins.fieldwork.queries.meetings import History
from p2k2lms.plugins.fieldwork.rules import coverage, months, planning
from p2k2lms.plugins.fieldwork.service import care, groups
from p2k2lms.plugins.fieldwork.service.course import FieldCourse, field_course
from p2k2lms.plugins.fieldwork.values import Coverage, Given, GroupCard, Report
from p2k2lms.plugins.identity import service as identity


@dataclass(frozen=True)
class Line:
    """One group on the map: its cells by sesi, what to teach next, how this month stands."""

    card: GroupCard
    cells: Mapping[str, Coverage]
    next: OutlineSesi | None
    report: Report
    present: int | None
    silent_days: int | None

    @property
    def passed_over(self) -> list[str]:
        """The sesi that were passed over."""
        return [sesi for sesi, cell in self.cells.items() if cell.state == coverage.PASSED_OVER]


def planned(mapped: list[Line]) -> list[Line]:
    """The same lines with what is planned, and what was planned for a month that is over."""
    rows, month = read_plans.plans_of([line.card.id for line in mapped]), months.month_of(clock.today()).first
    of_group: dict[int, dict[str, date]] = {}
    for row in rows:
        of_group.setdefault(row.group_id, {})[row.sesi] = row.month
    return [replace(ln, cells=planning.with_plan(ln.cells, of_group.get(ln.card.id, {}), month)) for ln in mapped]


def lines(
    cards: Sequence[GroupCard],
    course: FieldCourse | None,
    not_met: Sequence[tuple[int, date]] = (),
    known: History | None = None,
) -> list[Line]:
    """The map of these groups, in their order; one query for any number of them, none when `known` has it."""
    had = read_meetings.history([card.id for card in cards]) if known is None else known
    sesi, today = course.sesi if course else (), clock.today()
    own, before = _by_group(had.own), _by_group(had.before)
    return [_line(card, sesi, History(own[card.id], before[card.id]), not_met, today) for card in cards]


def _by_group(meetings: Sequence[Given]) -> dict[int, list[Given]]:
    found: dict[int, list[Given]] = defaultdict(list)
    for meeting in meetings:
        for present in meeting.present:
            found[present.group_id].append(meeting)
    return found


def _line(
    card: GroupCard, sesi: Sequence[OutlineSesi], had: History, not_met: Sequence[tuple[int, date]], today: date
) -> Line:
    """What a group had before it was divided off stands on its map; whether it reported, and who came, is its own."""
    month = months.month_of(today)
    last = had.own[-1] if had.own else None
    came = next((p.families for p in last.present if p.group_id == card.id), None) if last else None
    cells = coverage.row(card.id, sesi, had.every)
    before = coverage.met_in(card.id, month.first, had.before)
    told = coverage.report_of(card.id, month.first, had.own, not_met)
    return Line(
        card=card,
        cells=cells,
        next=coverage.following(sesi, cells),
        report=coverage.as_owed(told, owes=month.owes(card.valid_from, card.valid_to, before), before=before),
        present=came,
        silent_days=(today - had.every[-1].on_day).days if had.every else None,
    )


@dataclass(frozen=True)
class Map:
    """The map as its page shows it: of one's own groups, or of those in one's care by their holders."""

    course: FieldCourse | None
    own: tuple[Line, ...]
    people: tuple[tuple[str, tuple[Line, ...]], ...]
    after: int | None

    @property
    def lines(self) -> list[Line]:
        """Every line of the page."""
        return [*self.own, *(line for _, some in self.people for line in some)]

    @property
    def to_look_at(self) -> list[Line]:
        """The groups that passed over a sesi, or that have not met for more than 45 days."""
        return [line for line in self.lines if line.passed_over or (line.silent_days or 0) > SILENT_DAYS]


SILENT_DAYS = 45


def coverage_map(actor: Actor, after_id: int = 0) -> Map:
    """What my groups had; for who looks after people, theirs."""
    require(actor, LIST_GROUPS)
    own = groups.own_groups(actor) if has_role(actor, CREATE_GROUP) else []
    course = field_course()
    if own or not has_role(actor, LIST_REPORTS):
        return Map(course, tuple(planned(lines(own, course))), (), None)
    found = care.people_in_care(actor, after_id)
    held, names = read.held_by(found.ids), identity.names(found.ids)
    mapped = lines(held, course)
    people = [(names.get(i, ""), tuple(line for line in mapped if line.card.holder_id == i)) for i in found.ids]
    return Map(course, (), tuple(pair for pair in people if pair[1]), found.after)
