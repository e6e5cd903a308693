"""How a certificate is numbered and worded; plain values in, plain values out."""

import re
from datetime import date

from p2k2lms.core.letters import MONTHS, day_in_words
from p2k2lms.plugins.certificates.values import LONGEST_NUMBER

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to misread
MISREAD = str.maketrans("OIL", "011")
CODE_BITS, CODE_SIGNS = 80, 16
SEQ = "{seq}"
LONGEST_UNIT, LONGEST_PLACE = 30, 60
LONGEST_PARTS = {
    SEQ: 7,
    "{unit}": LONGEST_UNIT,
    "{course}": 40,
    "{month-roman}": 4,
    "{month}": 2,
    "{year}": 4,
}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
MODES = {"luring": "secara tatap muka", "campuran": "secara daring dan tatap muka", "daring": "secara daring"}
MINUTES_OF_JP = 45


def code_of(number: int) -> str:
    """The sixteen signs of an 80-bit number."""
    return "".join(ALPHABET[number >> shift & 31] for shift in range(CODE_BITS - 5, -1, -5))


def grouped(code: str) -> str:
    """A code as people read it: `4H7Q-2MKD-9V0T-XA3B`."""
    return "-".join(code[at : at + 4] for at in range(0, CODE_SIGNS, 4))


def read_code(text: str) -> str | None:
    """The code that somebody typed, forgiving case, spaces, hyphens and look-alikes; None if it is none."""
    bare = "".join(text.split()).replace("-", "").upper().translate(MISREAD)
    return bare if len(bare) == CODE_SIGNS and set(bare) <= set(ALPHABET) else None


def number(template: str, seq: int, unit: str, course: str, day: date) -> str:
    """The number by the issuer's template; one that forgets the sequence, or is too long, gets it in front.

    The sequence must never be cut off: two alike would undo what they are issued for.
    """
    values = {"seq": f"{seq:04d}", "unit": unit, "course": course, "month-roman": ROMAN[day.month - 1]}
    whole = template if SEQ in template else "{seq}/" + template
    for name, value in {**values, "month": f"{day.month:02d}", "year": str(day.year)}.items():
        whole = whole.replace("{" + name + "}", value)
    return whole if len(whole) <= LONGEST_NUMBER else f"{seq:04d}/{whole}"[:LONGEST_NUMBER]


def unknown_parts(template: str) -> list[str]:
    """Whatever stands in braces, or as a single brace, and is none of the parts of a number."""
    said = re.findall(r"{[^{}]*}|[{}]", template)
    return [part for part in said if part not in LONGEST_PARTS]


def longest_by(template: str) -> int:
    """How long a number by this template can become."""
    return len(template) + sum(template.count(part) * (most - len(part)) for part, most in LONGEST_PARTS.items())


def span_in_words(first: date, last: date) -> str:
    """Two days without saying a month or a year twice."""
    if first == last:
        return day_in_words(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} sampai {day_in_words(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} sampai {day_in_words(last)}"
    return f"{day_in_words(first)} sampai {day_in_words(last)}"


def birth_in_words(place: str, day: date | None) -> str:
    """Place and date of birth, or what is known of them."""
    return ", ".join(part for part in (place, day_in_words(day) if day else "") if part) or "tidak tercatat"


def rank_in_words(nip: str, rank: str) -> str:
    """NIP and rank of a civil servant; most pendamping are none, and then the line says so."""
    return ", ".join(part for part in (nip, rank) if part) or "tidak berlaku (bukan ASN)"


def held_in_words(mode: str, first: date, last: date, place: str) -> str:
    """How, when and where it was held, as the sentence on the front page goes on."""
    where = f" di {place}" if place and mode != "daring" else ""
    return f"{MODES.get(mode, mode)} pada {span_in_words(first, last)}{where}"


def walked_in_words(first: date, last: date) -> str:
    """From when to when a path of coaching led."""
    return f"pada {span_in_words(first, last)}"


def finished_in_words(mode: str, last: date) -> str:
    """The same for a class whose door never closes: when this person finished."""
    return f"{MODES.get(mode, mode)} dan diselesaikan pada {day_in_words(last)}"


def file_name(name: str) -> str:
    """A name that every file system takes: letters, figures and hyphens."""
    plain = "".join(sign if sign.isalnum() else "-" for sign in name)
    return "-".join(part for part in plain.split("-") if part)[:60] or "sertifikat"
