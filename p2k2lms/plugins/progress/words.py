"""Conditions and decisions in the words of people."""

from collections.abc import Callable

from p2k2lms.core.i18n import _, counted
from p2k2lms.plugins.progress.values import FAILED, PASSED, Condition


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


SAY: dict[str, Callable[[Condition], str]] = {
    "cards": _cards,
    "post_test": _post_test,
    "attendance": _attendance,
    "micro_teaching": _micro_teaching,
}


def lacking(condition: Condition) -> str:
    """What still lacks, as the end of the sentence "Kurang: ..."."""
    return SAY[condition.key](condition)


def decided(decision: str) -> str:
    """A decision in one or two words."""
    return decisions()[decision]


def decisions() -> dict[str, str]:
    """Every decision in words, looked up once for a long list; "" is none yet."""
    return {PASSED: _("lulus"), FAILED: _("tidak lulus"), "": _("belum lengkap")}
