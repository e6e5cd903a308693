"""Says in the words of people what pydantic found amiss, by the type of each fault."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from p2k2lms.core.errors import Fault
from p2k2lms.core.i18n import lazy, now

MOST = 20
UNREADABLE = lazy("Isian ini tidak dapat dibaca.")
WHOLE, NUMBER = lazy("Isi dengan angka bulat."), lazy("Isi dengan angka.")
DAY = lazy("Isi dengan tanggal, misalnya 2026-11-21.")
INSTANT = lazy("Isi dengan tanggal dan jam, misalnya 2026-11-21T08:30:00+08:00.")

SENTENCES: Mapping[str, Any] = {
    "missing": lazy("Belum diisi."),
    "extra_forbidden": lazy("Bagian ini tidak dikenal."),
    "string_too_short": lazy("Paling sedikit %(min_length)s huruf."),
    "string_too_long": lazy("Paling banyak %(max_length)s huruf."),
    "string_pattern_mismatch": lazy("Bentuk isian ini tidak sesuai."),
    "too_short": lazy("Paling sedikit %(min_length)s butir."),
    "too_long": lazy("Paling banyak %(max_length)s butir."),
    "greater_than": lazy("Harus lebih dari %(gt)s."),
    "greater_than_equal": lazy("Paling kecil %(ge)s."),
    "less_than": lazy("Harus kurang dari %(lt)s."),
    "less_than_equal": lazy("Paling besar %(le)s."),
    "literal_error": lazy("Pilih salah satu: %(expected)s."),
    "enum": lazy("Pilih salah satu: %(expected)s."),
    "timezone_aware": lazy("Jam perlu zona waktu, misalnya +08:00."),
}
FAMILIES: Mapping[str, Any] = {  # the beginning of the type, for all that has no sentence of its own
    "string": lazy("Isi dengan teks."),
    "int": WHOLE,
    "float": NUMBER,
    "decimal": NUMBER,
    "finite_number": NUMBER,
    "bool": lazy("Isi dengan ya atau tidak."),
    "datetime": INSTANT,
    "date_from_datetime": DAY,
    "date": DAY,
    "uuid": lazy("Kode ini tidak dapat dibaca."),
    "list": lazy("Isi dengan daftar."),
    "tuple": lazy("Isi dengan daftar."),
    "dict": lazy("Isi dengan bagian-bagian bernama."),
    "model": lazy("Isi dengan bagian-bagian bernama."),
}


def of(problem: ValidationError, within: str = "") -> tuple[Fault, ...]:
    """Each fault with its place, the field that holds all of it before it, and a sentence; at most twenty."""
    found = problem.errors(include_url=False, include_input=False)[:MOST]
    return tuple(
        Fault(
            ".".join(map(str, (within, *e["loc"]) if within else e["loc"])),
            sentence(e["type"], e.get("ctx", {}), e["msg"]),
        )
        for e in found
    )


def sentence(kind: str, about: Mapping[str, Any], message: str = "") -> str:
    """The sentence for one type of fault; what our own validators say is kept as they say it."""
    if kind in {"value_error", "assertion_error"}:
        own: tuple[str, ...] = getattr(about.get("error"), "args", ())
        return own[0] if own else message
    if kind in SENTENCES:
        told = {name: str(value).replace(" or ", ", ") for name, value in about.items()}
        return now(SENTENCES[kind], **told)
    family = next((text for start, text in FAMILIES.items() if kind.startswith(start)), UNREADABLE)
    return now(family)
