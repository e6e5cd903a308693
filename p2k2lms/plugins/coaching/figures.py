"""The indicators that coaching declares: who is talked to while unprepared, and how leading looks to others."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.indicators import Indicator
from p2k2lms.plugins.coaching.queries import figures as count
from p2k2lms.plugins.coaching.values.words import CONTACTS, OBSERVATIONS
from p2k2lms.plugins.enrolment.values import EXPOSURES

INDICATORS = (
    Indicator(
        "R-07",
        lazy("Kontak bimbingan"),
        above=lazy("pendamping belum dibekali yang dihubungi pembimbing pada bulan itu"),
        below=lazy("pendamping belum dibekali yang bertugas 15 hari atau lebih pada bulan itu"),
        level="driver",
        target=90,
        missing=lazy("Kontak yang tidak dicatat tidak terhitung. Riwayat bekal yang tidak tercatat dihitung belum."),
        facts=(CONTACTS, EXPOSURES),
        count=count.talked_to,
    ),
    Indicator(
        "L2-07",
        lazy("Praktik fasilitasi di kelas"),
        above=lazy("nilai micro teaching yang diberikan orang lain"),
        below=lazy("nilai tertinggi yang mungkin untuk perilaku yang terlihat"),
        level="L2",
        target=75,
        missing=lazy("Dihitung di wilayah tugas peserta. Lembar tanpa perilaku yang dinilai disebut terpisah."),
        facts=(OBSERVATIONS,),
        count=count.micro_teaching,
    ),
    Indicator(
        "L3-06",
        lazy("Mutu fasilitasi yang teramati"),
        above=lazy("nilai amatan pada kunjungan acak"),
        below=lazy("nilai tertinggi yang mungkin untuk perilaku yang terlihat"),
        level="L3",
        target=75,
        window=6,
        missing=lazy("Kunjungan atas undangan tidak dihitung dan disebut terpisah. Yang belum diamati tidak ikut."),
        facts=(OBSERVATIONS,),
        count=count.random_visits,
    ),
)
