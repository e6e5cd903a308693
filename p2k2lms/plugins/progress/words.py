"""Conditions and decisions in the words of people."""

from collections.abc import Callable
from typing import Any

from p2k2lms.core.i18n import _, counted, lazy
from p2k2lms.plugins.assessment.values import PLACE_WORDS
from p2k2lms.plugins.progress.values import EQUAL, FAILED, NOT_YET, PASSED, Condition, MarksRow


def _cards(c: Condition) -> str:
    if c.wanted == 0:
        return _("kartu belajar yang belum terbit")
    return counted("%(n)s kartu wajib", c.wanted - (c.there or 0))


def _post_test(c: Condition) -> str:
    if c.there is None:
        return _("post-test")
    return _("post-test paling sedikit %(wanted)s, nilai terbaik sejauh ini %(there)s", wanted=c.wanted, there=c.there)


def _attendance(c: Condition) -> str:
    if c.there is None:
        return _("catatan kehadiran")
    return _("hadir paling sedikit %(wanted)s persen, sekarang %(there)s", wanted=c.wanted, there=c.there)


def _micro_teaching(c: Condition) -> str:
    return _("micro teaching yang dinilai")


def _observed(c: Condition) -> str:
    return counted("%(n)s amatan yang cukup baik", c.wanted - (c.there or 0))


def _rungs(c: Condition) -> str:
    return counted("kesiapan memimpin %(n)s sesi", c.wanted - (c.there or 0))


SAY: dict[str, Callable[[Condition], str]] = {
    "cards": _cards,
    "post_test": _post_test,
    "attendance": _attendance,
    "micro_teaching": _micro_teaching,
    "observed": _observed,
    "rungs": _rungs,
}


RUNGS: dict[str, Any] = {
    "kartu": lazy("kartu sesi ini"),
    "cek": lazy("cek cepat"),
    "praktik": lazy("praktik yang diamati"),
}


def rungs(names: tuple[str, ...]) -> str:
    """The rungs that lack, as the end of the sentence "Kurang: ..."."""
    return ", ".join(str(RUNGS[name]) for name in names)


def _percent(value: int | None) -> str:
    return "–" if value is None else str(value)


def condition(c: Condition) -> str:
    """A condition about a path in one line, with what there is of it."""
    said = {
        "cards": _("Kartu wajib: %(there)s dari %(wanted)s", there=c.there or 0, wanted=c.wanted),
        "post_test": _(
            "Post-test: %(there)s, batas %(wanted)s", there="–" if c.there is None else c.there, wanted=c.wanted
        ),
        "observed": _("Amatan yang cukup baik: %(there)s dari %(wanted)s", there=c.there or 0, wanted=c.wanted),
        "rungs": _("Boleh memimpin: %(there)s dari %(wanted)s sesi", there=c.there or 0, wanted=c.wanted),
    }
    return said[c.key]


def verdicts() -> list[tuple[str, str]]:
    """The decisions about a path."""
    return [(EQUAL, _("Setara diklat")), (NOT_YET, _("Belum setara"))]


def lacking(condition: Condition) -> str:
    """What still lacks, as the end of the sentence "Kurang: ..."."""
    return SAY[condition.key](condition)


def decided(decision: str) -> str:
    """A decision in one or two words."""
    return decisions()[decision]


def decisions() -> dict[str, str]:
    """Every decision in words, looked up once for a long list; "" is none yet."""
    return {PASSED: _("lulus"), FAILED: _("tidak lulus"), "": _("belum lengkap")}


def place_columns() -> tuple[str, str, str]:
    """The heads of `places` in a file."""
    return _("Tempat pre-test"), _("Tempat post-test"), _("Catatan kenaikan")


def places(row: MarksRow) -> tuple[str, str, str]:
    """Where one person sat the tests before and after, and whether the gain is one between two kinds of place."""
    before = "" if row.pre is None else str(PLACE_WORDS[row.pre_place])
    after = "" if row.post is None else str(PLACE_WORDS[row.post_place])
    return before, after, _("beda tempat") if row.apart else ""
