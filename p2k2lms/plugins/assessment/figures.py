"""The indicators that assessment declares: what people know more after a class, and who reaches the line."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.indicators import Indicator
from p2k2lms.plugins.assessment.queries import figures as count
from p2k2lms.plugins.assessment.values import SCORES

INDICATORS = (
    Indicator(
        "L2-01",
        lazy("Kenaikan nilai"),
        above=lazy("kenaikan dari pre-test ke post-test pertama, dalam poin dari 100"),
        below=lazy("peserta dengan kedua tes, post-test selesai pada bulan itu"),
        level="L2",
        target=10,
        scale=0.01,
        measure="points",
        missing=lazy("Yang tanpa pre-test disebut terpisah. Kesulitan kedua formulir belum disetarakan."),
        facts=(SCORES,),
        count=count.gain,
    ),
    Indicator(
        "L2-03",
        lazy("Tuntas pada percobaan pertama"),
        above=lazy("peserta yang mencapai batas lulus"),
        below=lazy("peserta yang selesai post-test pertama pada bulan itu"),
        level="L2",
        target=85,
        missing=lazy("Yang belum mengerjakan post-test tidak ikut dihitung."),
        facts=(SCORES,),
        count=count.passed,
    ),
    Indicator("L2-04", lazy("Naik nyata, di luar kebetulan"), level="L2", target=50),
    Indicator("L2-08", lazy("Ingatan enam bulan"), level="L2", target=70),
)
