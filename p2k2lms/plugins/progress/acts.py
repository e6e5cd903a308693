"""What the audit calls what is done about completion."""

from typing import Any

from p2k2lms.core.i18n import lazy

ACTS: dict[str, Any] = {
    "progress.close_class": lazy("Angkatan ditutup"),
    "progress.consider_completion": lazy("Syarat kelulusan diperiksa"),
    "progress.decide_class": lazy("Kelulusan angkatan diputuskan"),
    "progress.decide_completion": lazy("Kelulusan diputuskan"),
    "progress.decide_each": lazy("Kelulusan diputuskan satu per satu"),
    "progress.decide_equivalence": lazy("Kesetaraan diputuskan"),
    "progress.follow_version": lazy("Kelulusan disesuaikan dengan versi baru"),
    "progress.move_class": lazy("Angkatan dipindah ke versi baru"),
    "progress.note_attendance": lazy("Kehadiran diperiksa untuk kelulusan"),
    "progress.note_reading": lazy("Kemajuan membaca diperiksa"),
    "progress.refresh_readiness": lazy("Tangga kesiapan diperbarui"),
    "progress.tell_members": lazy("Kabar dikirim ke peserta angkatan"),
}
