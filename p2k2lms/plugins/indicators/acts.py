"""What the audit calls what is done to the figures of units."""

from typing import Any

from p2k2lms.core.i18n import lazy

ACTS: dict[str, Any] = {
    "indicators.clear_marks": lazy("Tanda hitung ulang dihapus"),
    "indicators.renew": lazy("Angka dihitung ulang dengan arti baru"),
    "indicators.roll_up": lazy("Angka wilayah dijumlahkan"),
}
