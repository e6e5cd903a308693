"""The indicators that enrolment declares: how many are prepared, how long they waited, how classes ended."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.indicators import Indicator
from p2k2lms.plugins.enrolment import counts
from p2k2lms.plugins.enrolment.values import EXPOSURES

ON_DUTY = lazy("pendamping yang bertugas pada hari terakhir")
UNKNOWN = lazy("Riwayat bekal yang tidak tercatat dihitung sebagai belum.")

INDICATORS = (
    Indicator(
        "R-01",
        lazy("Cakupan diklat"),
        above=lazy("pendamping bertugas yang sudah lulus diklat"),
        below=ON_DUTY,
        level="input",
        target=100,
        missing=UNKNOWN,
        facts=(EXPOSURES,),
        count=counts.with_class,
    ),
    Indicator(
        "R-02",
        lazy("Cakupan bekal"),
        above=lazy("pendamping bertugas yang sudah lulus diklat atau selesai bimbingan mandiri"),
        below=ON_DUTY,
        level="input",
        target=100,
        missing=UNKNOWN,
        facts=(EXPOSURES,),
        count=counts.prepared,
    ),
    Indicator(
        "R-04",
        lazy("Mendapat bekal dalam 60 hari"),
        above=lazy("pendamping yang mulai dibekali dalam 60 hari sejak bertugas"),
        below=lazy("pendamping yang genap 60 hari bertugas pada tiga bulan ini"),
        level="process",
        target=90,
        window=3,
        missing=lazy("Yang masih menunggu tetap dihitung sebagai belum."),
        facts=(EXPOSURES,),
        count=counts.soon_prepared,
    ),
    Indicator(
        "R-05",
        lazy("Kelulusan kelas"),
        above=lazy("peserta yang lulus"),
        below=lazy("peserta angkatan yang berakhir pada bulan itu"),
        level="process",
        target=95,
        missing=lazy("Yang berhenti di tengah jalan dihitung tidak lulus."),
        facts=(EXPOSURES,),
        count=counts.passed_class,
    ),
    Indicator(
        "R-06",
        lazy("Bimbingan mandiri selesai dalam 60 hari"),
        above=lazy("peserta bimbingan yang selesai dalam 60 hari"),
        below=lazy("peserta bimbingan yang genap 60 hari pada bulan itu"),
        level="process",
        target=70,
        missing=lazy("Yang lebih dulu masuk kelas disebut terpisah."),
        facts=(EXPOSURES,),
        count=counts.finished_path,
    ),
)
