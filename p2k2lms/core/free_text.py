"""What free text must not carry: numbers of persons, and cases of violence; every plugin that takes text asks here."""

import re
from typing import Any

from p2k2lms.core.i18n import lazy

NUMBER, VIOLENCE, NAME = "angka_16", "kata_kekerasan", "nama_orang"
FLAGS: dict[str, Any] = {
    NUMBER: lazy("Ada nomor 16 angka di tulisan, sudah ditutup"),
    VIOLENCE: lazy("Tulisan menyebut kekerasan"),
}
SIXTEEN = re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)")
HIDDEN = "[nomor ditutup]"
WORDS = (
    "pukul", "dipukul", "memukul", "dipukuli", "kekerasan", "kdrt", "aniaya", "dianiaya", "menganiaya", "siksa",
    "disiksa", "cabul", "dicabuli", "perkosa", "diperkosa", "pemerkosaan", "pelecehan", "dilecehkan", "melecehkan",
    "diancam", "ditampar", "menampar", "ditendang",
)  # fmt: skip
HARM = re.compile(rf"\b(?:{'|'.join(WORDS)})\b", re.I)
HOUR = re.compile(r"\bpukul\s+\d", re.I)  # "pukul 10" is the clock, not a blow
OFFICES = (
    "Bidan", "Bupati", "Camat", "Desa", "Dusun", "Guru", "Hajah", "Haji", "Kades", "Kader", "Kadus", "Kepala", "Ketua",
    "Koordinator", "Korkab", "Lurah", "Pendamping", "Penerima", "Sekdes", "Supervisor", "Ustaz", "Widyaiswara",
)  # fmt: skip
NAMED = re.compile(rf"\b(?:[Ii]bu|Bu|[Bb]apak|Pak|[Kk]eluarga)\s+(?!(?:{'|'.join(OFFICES)})\b)[A-Z][a-z]{{2,}}")
ON_PHONE = {"harm": WORDS, "offices": OFFICES}  # what guard.js asks with, in the attribute `data-harm` of a form


def flags(text: str) -> list[str]:
    """What is amiss with a text: a number of sixteen digits, a word of violence."""
    found = [NUMBER] if SIXTEEN.search(text) else []
    return [*found, VIOLENCE] if HARM.search(HOUR.sub(" ", text)) else found


def doubts(text: str) -> list[str]:
    """What is asked about before a text leaves: its flags, and what looks like the name of somebody of a family."""
    return [*flags(text), *([NAME] if NAMED.search(text) else [])]


def without_numbers(text: str) -> str:
    """The text as it is kept: long numbers are hidden."""
    return SIXTEEN.sub(HIDDEN, text)
