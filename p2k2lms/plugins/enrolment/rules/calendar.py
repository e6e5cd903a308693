"""A timetable as an iCalendar feed (RFC 5545): escaped, folded, in universal time, so that every calendar reads it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

OCTETS = 75


@dataclass(frozen=True)
class Entry:
    """One meeting in a calendar; instants are aware."""

    uid: str
    starts: datetime
    ends: datetime
    title: str
    place: str = ""
    note: str = ""
    url: str = ""


def feed(name: str, entries: Sequence[Entry], stamp: datetime) -> str:
    """The whole feed; `stamp` says when it was made."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//p2k2lms//jadwal//ID", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    body = (line for entry in entries for line in _event(entry, stamp))
    return "".join(fold(line) for line in (*head, f"X-WR-CALNAME:{escaped(name)}", *body, "END:VCALENDAR"))


def _event(entry: Entry, stamp: datetime) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{escaped(entry.uid)}", f"DTSTAMP:{instant(stamp)}")
    yield from (f"DTSTART:{instant(entry.starts)}", f"DTEND:{instant(entry.ends)}", f"SUMMARY:{escaped(entry.title)}")
    for key, value in (("LOCATION", entry.place), ("DESCRIPTION", entry.note)):
        if value:
            yield f"{key}:{escaped(value)}"
    if entry.url:
        yield f"URL:{entry.url}"
    yield "END:VEVENT"


def instant(at: datetime) -> str:
    """A moment as calendars write it."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """A text in which nothing is taken for a separator, and no line ends early."""
    safe = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = "\\n".join(safe.splitlines())
    return "".join(sign for sign in lines if sign.isprintable())


def fold(line: str) -> str:
    """A line in pieces of at most 75 octets, none cutting a letter in two, each but the first after a space."""
    return "\r\n ".join(_pieces(line)) + "\r\n"


def _pieces(line: str) -> Iterable[str]:
    piece, room, pieces = "", OCTETS, []
    for sign in line:
        size = len(sign.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", OCTETS - 1
        piece, room = piece + sign, room - size
    return [*pieces, piece]
