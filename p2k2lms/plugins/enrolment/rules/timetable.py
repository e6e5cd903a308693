"""How the hours of a course fall into days: blocks between the breaks, one subject after the other."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from p2k2lms.core.errors import Fault
from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.enrolment.values import MINUTES_OF_JP, SessionCard, SessionPlan

BLOCKS = ((8 * 60, 3), (10 * 60 + 30, 2), (13 * 60, 3), (15 * 60 + 30, 2))  # start, JP: ten hours of lesson a day
SUNDAY = 6
MOST_DAYS = 366


class Subject(NamedTuple):
    """A mata diklat that is to be taught."""

    modul: str
    title: str
    jp: int


def lay_out(subjects: Sequence[Subject], first: date, last: date) -> tuple[list[SessionPlan], int]:
    """The meetings of these subjects from the first day on, Sundays free, and how many JP found no place."""
    left = [(s, s.jp) for s in subjects if s.jp > 0]
    plans: list[SessionPlan] = []
    for day, block, room in _blocks(first, last):
        used = 0
        while used < room and left:
            subject, jp = left[0]
            taken = min(room - used, jp)
            starts, minutes = block + used * MINUTES_OF_JP, taken * MINUTES_OF_JP
            plans.append(SessionPlan(day, starts, minutes, subject.title, taken, subject.modul))
            used += taken
            left[:1] = [(subject, jp - taken)] if jp > taken else []
    return plans, sum(jp for _, jp in left)


def _blocks(first: date, last: date) -> Iterator[tuple[date, int, int]]:
    for n in range(min((last - first).days + 1, MOST_DAYS)):
        day = first + timedelta(days=n)
        if day.weekday() != SUNDAY:
            yield from ((day, start, jp) for start, jp in BLOCKS)


def faults_of(plan: SessionPlan, first: date, last: date | None, others: Sequence[SessionCard]) -> list[Fault]:
    """What is wrong with a meeting beside the others of its class."""
    faults = []
    if not plan.title:
        faults.append(Fault("title", lazy("Tulis acara, atau pilih mata diklat.")))
    if not first <= plan.on_day <= (last or date.max):
        faults.append(Fault("on_day", lazy("Hari ini ada di luar tanggal angkatan.")))
    if not 5 <= plan.minutes <= 720 or plan.starts + plan.minutes > 24 * 60:
        faults.append(Fault("ends", lazy("Jam selesai harus sesudah jam mulai, pada hari yang sama.")))
    if not 0 <= plan.jp <= 16:
        faults.append(Fault("jp", lazy("Isi 0 sampai 16 JP.")))
    if plan.live_url and not is_web_address(plan.live_url):
        faults.append(Fault("live_url", lazy("Tautan dimulai dengan https://")))
    if clash := next((o for o in others if meet(plan, o)), None):
        faults.append(Fault("starts", lazy("Bertabrakan dengan %(title)s.", title=f"{clash.title} {clash.time}")))
    return faults


def is_web_address(text: str) -> bool:
    """An address of the web, and no other scheme that a browser might run."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.netloc) and text.isprintable() and " " not in text


def meet(one: SessionPlan | SessionCard, other: SessionPlan | SessionCard) -> bool:
    """True if both take place at the same time."""
    return (
        one.on_day == other.on_day
        and one.starts < other.starts + other.minutes
        and other.starts < one.starts + one.minutes
    )
