"""What the audit calls what is done by who learns."""

from typing import Any

from p2k2lms.core.i18n import lazy

ACTS: dict[str, Any] = {
    "delivery.finish_scene": lazy("Adegan selesai dimainkan"),
    "delivery.finish_step": lazy("Langkah selesai dibaca"),
    "delivery.keep_position": lazy("Tempat membaca disimpan"),
    "delivery.load_demo": lazy("Contoh belajar dimuat"),
}
