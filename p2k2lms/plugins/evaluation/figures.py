"""The indicators that evaluation declares: the response of waves now, what surveys say in a later release."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.indicators import Indicator
from p2k2lms.plugins.evaluation.queries import counts
from p2k2lms.plugins.evaluation.values import RESPONSE

INDICATORS = (
    Indicator("L1-01", lazy("Relevansi pelatihan"), level="L1", target=80),
    Indicator("L1-02", lazy("Keyakinan dan niat"), level="L1", measure="mean"),
    Indicator("L3-05", lazy("Sesuai modul (lapor diri)"), level="L3", target=85),
    Indicator("L3-09", lazy("Jejaring alumni"), level="driver", target=80),
    Indicator("L3-10", lazy("Dipakai di rumah sendiri"), level="L3", target=80),
    Indicator("L3-11", lazy("Alih teknik"), level="L3", target=70),
    Indicator("L4-03", lazy("Menerapkan (menurut pendamping)"), level="L4"),
    Indicator("L4-04", lazy("Menerapkan (menurut keluarga)"), level="L4"),
    Indicator("L4-05", lazy("Selisih klaim"), level="quality", direction="down", measure="points"),
    Indicator("D-02", lazy("Hambatan utama"), level="context", direction="down"),
    Indicator(
        "Q-03",
        lazy("Tingkat jawab gelombang"),
        above=lazy("yang menjawab"),
        below=lazy("yang ditanya dan masih bertugas, di gelombang yang ditutup bulan itu"),
        level="quality",
        target=80,
        missing=lazy("Yang dilepas dengan alasan tidak ikut dihitung. Tahun 2020: 62,87%."),
        facts=(RESPONSE,),
        count=counts.response,
    ),
    Indicator("Q-05", lazy("Angket cocok dengan catatan"), level="quality", target=85),
)
