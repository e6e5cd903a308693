"""Who is asked in a wave: the trained of the anchor, and as many not yet trained, drawn within each kabupaten."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from p2k2lms.core.i18n import _
from p2k2lms.plugins.evaluation.values import MONTHS_AFTER, WINDOW

LONGEST_WAVE = timedelta(days=120)
LOG_BANDS = ((0, "0"), (1, "1-2"), (3, "3-5"), (6, "6+"))  # meetings led in three months
AGE_BANDS = ((0, "<=25"), (26, "26-30"), (31, "31-35"), (36, "36-40"), (41, "41-45"), (46, ">=46"))
SHARE_PHONED = 0.15
FAMILIES_EACH, PEOPLE_EACH = 4, 19  # interviews of one pendamping, pendamping of one kabupaten: design effect and cost


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that has no such day."""
    month = day.month - 1 + months
    first = date(day.year + month // 12, month % 12 + 1, 1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return min(last, first + timedelta(days=day.day - 1))


def window(code: str, anchor: date) -> tuple[date, date]:
    """The first and last day of a wave of the schedule: three weeks around the day that it is about."""
    if code == "W0":
        return anchor - WINDOW, anchor
    if code == "W0+":
        return anchor, anchor + WINDOW
    middle = months_later(anchor, MONTHS_AFTER[code])
    return middle - WINDOW, middle + WINDOW


def fault_of_span(opens: date, closes: date) -> str:
    """What is wrong with the days of a wave; "" if nothing is."""
    if closes < opens:
        return _("Hari penutupan sebelum hari pembukaan.")
    if closes - opens > LONGEST_WAVE:
        return _("Gelombang paling lama %(n)s hari.", n=LONGEST_WAVE.days)
    return ""


def lot(seed: str, person_id: int) -> bytes:
    """The place of a person in a draw: whoever knows the seed can draw again and compare."""
    return hmac.new(seed.encode(), str(person_id).encode(), hashlib.sha256).digest()


def drawn(seed: str, people: Iterable[int], number: int) -> list[int]:
    """So many of these people, by lot."""
    return sorted(people, key=lambda person: lot(seed, person))[:number]


def compared(seed: str, trained: Mapping[int, int | None], waiting: Mapping[int, int | None]) -> list[int]:
    """As many of the untrained as there are trained in each kabupaten, or all where they are fewer."""
    wanted = Counter(trained.values())
    found: list[int] = []
    for kabupaten, number in wanted.items():
        found += drawn(seed, [person for person, home in waiting.items() if home == kabupaten], number)
    return found


def families(seed: str, person_id: int, groups: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Group and roster number of the families to visit of one pendamping, by lot from all; `groups` are sizes."""
    roster = [(group, number) for group, size in groups for number in range(1, size + 1)]
    return sorted(roster, key=lambda one: lot(f"{seed}:{person_id}", one[0] * 1000 + one[1]))[:FAMILIES_EACH]


def some_of_each(seed: str, homes: Mapping[int, int | None]) -> set[int]:
    """At most so many people of each kabupaten, by lot: whose families are visited."""
    chosen: set[int] = set()
    for kabupaten in set(homes.values()):
        chosen |= set(drawn(seed, [p for p, home in homes.items() if home == kabupaten], PEOPLE_EACH))
    return chosen


def interviewers(person_id: int, supervisor: int | None, number: int) -> list[int]:
    """Who visits each of so many families: half, rounded up, another than their own pendamping if there is one."""
    others = (number + 1) // 2 if supervisor is not None else 0
    return [supervisor or person_id] * others + [person_id] * (number - others)


def to_phone(seed: str, silent: Collection[int]) -> list[int]:
    """The share of the silent that is phoned: at least one where anybody is silent (Hansen-Hurwitz)."""
    number = max(1, round(SHARE_PHONED * len(silent))) if silent else 0
    return drawn(seed, silent, number)


def band(bands: tuple[tuple[int, str], ...], value: int | None) -> str:
    """The name of the band that a value lies in; "" where it is not known."""
    if value is None:
        return ""
    return [name for least, name in bands if value >= least][-1]


def age(born: date | None, day: date) -> int | None:
    """Whole years on the day."""
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
