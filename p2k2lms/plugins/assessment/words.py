"""The words of a test that more than one page says."""

import math
from datetime import datetime
from zoneinfo import ZoneInfo

from p2k2lms.core.clock import on_day
from p2k2lms.core.i18n import _, long_date, pointed
from p2k2lms.plugins.assessment.rules.retention import DAYS
from p2k2lms.plugins.assessment.values import PING, POST, PRACTICE, PRE, QUICK


def title_of(purpose: str, number: int = 0) -> str:
    """What people call a test of this purpose; a check of memory also by the days of its round."""
    if purpose == PING and number in DAYS:
        return _("Cek ingatan %(n)s hari", n=DAYS[number])
    return {
        PRE: _("Pre-test"),
        POST: _("Post-test"),
        QUICK: _("Cek cepat"),
        PRACTICE: _("Latihan"),
        PING: _("Cek ingatan"),
    }[purpose]


def hour(instant: datetime, zone: str) -> str:
    """The time on the clock of a place: 10.42."""
    return f"{instant.astimezone(ZoneInfo(zone)):%H.%M}"


def day_there(instant: datetime, zone: str) -> str:
    """The day of an instant where the person was: 21 November 2026."""
    return long_date(on_day(instant, zone))


def kind_words(kind: str) -> str:
    """What people call a kind of item."""
    return {
        "single": _("Pilihan ganda"),
        "multiple": _("Pilih semua yang benar"),
        "truefalse": _("Benar atau salah"),
        "ordering": _("Mengurutkan"),
        "matching": _("Memasangkan"),
        "short": _("Isian pendek"),
        "numeric": _("Angka"),
    }.get(kind, kind)


def field_words(field: str) -> str:
    """What the page calls a field of an item, with its row: options.0.why is "Pilihan 1, penjelasan"."""
    name, *rest = field.split(".")
    said = {
        "stem": _("Soal"),
        "objective": _("Tujuan yang diuji"),
        "reread": _("Kartu untuk dibaca ulang"),
        "form": _("Dipakai dalam"),
        "options": _("Pilihan"),
        "pairs": _("Pasangan"),
        "distractors": _("Pengecoh"),
        "accepted": _("Jawaban yang diterima"),
        "why": _("Penjelasan"),
    }.get(name, name)
    parts = {"text": _("teks"), "why": _("penjelasan"), "left": _("sisi kiri"), "right": _("sisi kanan")}
    parts |= {"value": _("angka"), "tolerance": _("boleh meleset"), "share": _("bagian nilai"), "correct": _("kunci")}
    row = f" {int(rest[0]) + 1}" if rest and rest[0].isdigit() else ""
    part = parts.get(rest[-1], "") if rest else ""
    return f"{said}{row}, {part}" if part else f"{said}{row}"


TYPED = {"text", "why", "left", "right", "value", "tolerance", "share"}
WHOLE = {"stem", "objective", "reread", "form", "why"}


def field_spot(field: str) -> str:
    """Where a field of an item stands on the page, to be led to; "" where it has no single place."""
    name, *rest = field.split(".")
    if not rest:
        return name if name in WHOLE else ""
    return f"{rest[-1]}-{int(rest[0]) + 1}" if rest[0].isdigit() and rest[-1] in TYPED else ""


def hint_words(rule: str) -> str:
    """What a hint about the writing of an item says."""
    return {
        "length": _("Pilihan yang benar jauh lebih panjang dari yang lain; panjangnya memberi tahu kuncinya."),
        "negative": _("Dua kata penyangkal dalam satu kalimat mudah terbaca terbalik. Ubah menjadi kalimat positif."),
        "catch_all": _('Pilihan seperti "semua benar" menguji tebakan, bukan pengetahuan.'),
        "position": _("Kunci soal pilihan ganda sesi ini sudah sering di tempat yang sama. Pindahkan urutannya."),
        "reasons": _("Pilihan tanpa penjelasan: peserta tidak tahu mengapa ia keliru."),
        "absolute": _('Kata seperti "selalu" atau "pasti" membuat pilihan salah mudah ditebak.'),
    }[rule]


def flag_words(rule: str) -> dict[str, str]:
    """Why an item stands in the clinic, and what to do about it."""
    why, do = {
        "key": (
            _("Kemungkinan kunci salah: yang pandai justru lebih sering keliru."),
            _("Periksa kuncinya dulu, lalu kalimat soalnya."),
        ),
        "hard": (
            _("Tidak lebih baik dari menebak."),
            _("Periksa kunci, kalimat, dan apakah kartunya mengajarkan ini."),
        ),
        "rival": (
            _("Sepertiga terbaik lebih sering memilih jawaban ini daripada kuncinya."),
            _("Periksa apakah pilihan ini juga benar, lalu perjelas."),
        ),
        "weak": (
            _("Kurang membedakan yang paham dari yang belum."),
            _("Perjelas soal dan ganti pengecoh yang tidak dipilih."),
        ),
        "dead": (_("Hampir tidak ada yang memilih jawaban ini."), _("Ganti dengan kekeliruan yang sungguh terjadi.")),
        "easy": (
            _("Hampir semua benar."),
            _("Tidak apa bila memang harus dikuasai; bila tidak, minta keputusan dalam suatu keadaan."),
        ),
    }[rule]
    return {"why": why, "do": do}


def span_words(value: float, span: tuple[float, float] | None = None) -> str:
    """A figure in percent with its interval; a dash where it is undefined."""
    if math.isnan(value):
        return "–"
    if span is None or math.isnan(span[0]):
        return f"{value:.0f}%"
    return _(
        "%(value)s%% (95%%: %(low)s sampai %(high)s)", value=f"{value:.0f}", low=f"{span[0]:.0f}", high=f"{span[1]:.0f}"
    )


def figure(
    value: float, low: float = math.nan, high: float = math.nan, *, sign: bool = False, digits: int = 1, unit: str = ""
) -> str:
    """A figure with its 95 % interval, or with its unit; a dash alone where it is undefined."""
    if math.isnan(value):
        return "–"
    said, *ends = (_rounded(each, sign, digits) for each in (value, low, high))
    if math.isnan(low) or math.isnan(high):
        return said + unit
    return _("%(value)s (95%%: %(low)s sampai %(high)s)", value=said, low=ends[0], high=ends[1])


def _rounded(value: float, sign: bool, digits: int) -> str:
    """With the comma of Indonesian and a true minus."""
    text = f"{value:+.{digits}f}" if sign else f"{value:.{digits}f}"
    text = (f"{0:.{digits}f}" if float(text) == 0 else text).replace("-", "−")
    return pointed(text)


def typed(value: float) -> str:
    """A number as somebody types it: 2,25, with all its digits."""
    return pointed(f"{value:.12g}")


def number(points: float) -> str:
    """Points as people write them: 16, or 15,5 with the comma of Indonesian."""
    return pointed(f"{points:.1f}".removesuffix(".0"))
