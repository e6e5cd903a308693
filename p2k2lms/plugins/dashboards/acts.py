"""What the audit calls what is done about alerts."""

from typing import Any

from p2k2lms.core.i18n import lazy

ACTS: dict[str, Any] = {
    "dashboards.act_on_alert": lazy("Peringatan ditangani"),
    "dashboards.answer_alert": lazy("Peringatan dijawab"),
    "dashboards.plan_watch": lazy("Pencarian peringatan dijadwalkan"),
    "dashboards.put_off_alert": lazy("Peringatan ditunda"),
    "dashboards.watch": lazy("Peringatan dicari"),
}
