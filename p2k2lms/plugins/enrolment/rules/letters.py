"""How a letter of call and its short text are worded; letters are Indonesian whatever language a page has."""

from dataclasses import dataclass
from datetime import date

from p2k2lms.core.letters import day_in_words
from p2k2lms.plugins.enrolment.values import AngkatanCard

MODES = {"luring": "tatap muka", "campuran": "campuran, daring lalu tatap muka", "daring": "daring"}


@dataclass(frozen=True)
class LetterSheet:
    """All that is printed on the letters of a class; each person is a name, a PKH id and a unit."""

    angkatan: str
    course: str
    jp: int
    mode: str
    days: str
    place: str
    number: str
    dated: str
    issuer: str
    town: str
    signer: tuple[str, ...]  # title, name, NIP
    first: str
    people: tuple[tuple[str, str, str], ...]


def days(first: date, last: date | None) -> str:
    """From when to when."""
    if last is None or last == first:
        return day_in_words(first)
    return f"{day_in_words(first)} sampai {day_in_words(last)}"


def mode_in_words(card: AngkatanCard) -> str:
    """How people learn, and what comes first."""
    said = MODES.get(card.mode, card.mode)
    return (
        f"{said}; tahap daring selesai paling lambat {day_in_words(card.online_until)}" if card.online_until else said
    )


def text_for(name: str, title: str, card: AngkatanCard, when: str) -> str:
    """A short text to one person, ready for WhatsApp."""
    place = f" di {card.place}" if card.place else ""
    first = f" Selesaikan tahap daring sebelum {day_in_words(card.online_until)}." if card.online_until else ""
    return (
        f"Yth. {name}, Anda dipanggil mengikuti {title} ({card.name}), {when}{place}.{first}"
        " Balas pesan ini bila berhalangan, supaya tempatnya dapat diisi rekan lain. Terima kasih."
    )
