"""Where a meeting stands that is being taught: the ticks so far, the card in the hand, and when it began."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from p2k2lms.plugins.fieldwork.values.payloads import LONGEST_MINUTES
from p2k2lms.plugins.fieldwork.values.words import DONE, NOT, NOT_ASKED, STEP_SIGNS

OPEN = "-"


@dataclass(frozen=True)
class Teaching:
    """The state that every link of the Buku Langkah carries on, so that it needs no script and no server."""

    ticks: str
    number: int
    began: time | None
    day: date

    @property
    def over(self) -> bool:
        """True after the last card: the closing."""
        return self.number > len(self.ticks)

    @property
    def query(self) -> dict[str, str]:
        """The state as it stands in an address."""
        began = {"m": f"{self.began:%H%M}"} if self.began else {}
        return {"k": self.ticks, "n": str(self.number), "h": self.day.isoformat(), **began}

    @property
    def report_ticks(self) -> str:
        """The ticks as they are reported: what was left open was not done."""
        return self.ticks.replace(OPEN, NOT)

    @property
    def done(self) -> frozenset[int]:
        """The numbers of the cards that were ticked as done."""
        return frozenset(n for n, sign in enumerate(self.ticks, 1) if sign == DONE)


def state_of(args: Mapping[str, str], total: int, now: datetime) -> Teaching:
    """Read the state from an address; what makes no sense begins anew."""
    said = args.get("k", "")
    good = len(said) == total and set(said) <= set(STEP_SIGNS + OPEN)
    n = args.get("n", "")
    number = int(n) if n.isascii() and n.isdecimal() and len(n) < 4 else 1
    began, day = _clock(args.get("m", ""), now), _day(args.get("h", ""), now)
    state = Teaching(said if good else OPEN * total, min(max(number, 1), total + 1), began, day)
    tick = args.get("t", "")
    return ticked(state, tick) if len(tick) == 1 and tick in STEP_SIGNS else state


def _clock(text: str, now: datetime) -> time:
    try:
        return datetime.strptime(text, "%H%M").time()  # noqa: DTZ007 - an hour of the day, in no zone
    except ValueError:
        return now.time().replace(second=0, microsecond=0)


def _day(text: str, now: datetime) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return now.date()


def ticked(state: Teaching, sign: str) -> Teaching:
    """The card in the hand gets its sign, and the next one is taken."""
    if state.over:
        return state
    at = state.number - 1
    return replace(state, ticks=state.ticks[:at] + sign + state.ticks[at + 1 :], number=state.number + 1)


def at(state: Teaching, number: int) -> Teaching:
    """The same with another card in the hand."""
    return replace(state, number=number)


def minutes_since(began: time | None, now: datetime) -> int:
    """Whole minutes since the meeting began today; 0 when that is not known, or longer than any meeting."""
    if began is None:
        return 0
    passed = (now.hour - began.hour) * 60 + now.minute - began.minute
    return passed if 0 < passed <= LONGEST_MINUTES else 0


def hands(args: Mapping[str, str], questions: int) -> str:
    """The answers of the hand-raise check, one sign for each question; nothing when none was asked."""
    said = "".join(args.get(f"t{n}", NOT_ASKED) or NOT_ASKED for n in range(1, questions + 1))
    good = len(said) == questions and set(said) <= set("012" + NOT_ASKED)
    return said if good and set(said) != {NOT_ASKED} else ""
