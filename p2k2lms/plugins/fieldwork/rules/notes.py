"""What free text must not carry: numbers of persons, and cases of violence."""

import re

from p2k2lms.plugins.fieldwork.values.words import NUMBER, VIOLENCE

SIXTEEN = re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)")
HIDDEN = "[nomor ditutup]"
WORDS = (
    "pukul", "dipukul", "memukul", "dipukuli", "kekerasan", "kdrt", "aniaya", "dianiaya", "menganiaya", "siksa",
    "disiksa", "cabul", "dicabuli", "perkosa", "diperkosa", "pemerkosaan", "pelecehan", "dilecehkan", "melecehkan",
    "diancam", "ditampar", "menampar", "ditendang",
)  # fmt: skip
HARM = re.compile(rf"\b(?:{'|'.join(WORDS)})\b", re.I)
HOUR = re.compile(r"\bpukul\s+\d", re.I)  # "pukul 10" is the clock, not a blow


def flags(text: str) -> list[str]:
    """What is amiss with a note: a number of sixteen digits, a word of violence."""
    found = [NUMBER] if SIXTEEN.search(text) else []
    return [*found, VIOLENCE] if HARM.search(HOUR.sub(" ", text)) else found


def without_numbers(text: str) -> str:
    """The note as it is kept: long numbers are hidden."""
    return SIXTEEN.sub(HIDDEN, text)
