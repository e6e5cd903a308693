"""What the audit calls what is done with plans, runs and releases."""

from typing import Any

from p2k2lms.core.i18n import lazy

ACTS: dict[str, Any] = {
    "outcomes.ask_run": lazy("Hitungan dampak diminta"),
    "outcomes.count_centres": lazy("Hasil balai dihitung"),
    "outcomes.create_release": lazy("Bulan dibekukan"),
    "outcomes.publish_release": lazy("Angka diumumkan"),
    "outcomes.register_plan": lazy("Rencana analisis didaftarkan"),
    "outcomes.run_plan": lazy("Rencana analisis dihitung"),
}
