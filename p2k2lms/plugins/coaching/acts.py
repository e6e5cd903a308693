"""What the audit calls what is done on paths of coaching."""

from typing import Any

from p2k2lms.core.i18n import lazy

ACTS: dict[str, Any] = {
    "coaching.agree_action": lazy("Tindak lanjut disepakati"),
    "coaching.agree_to_coach": lazy("Kesediaan membimbing dijawab"),
    "coaching.approve_template": lazy("Jalur bimbingan disetujui"),
    "coaching.assign_coach": lazy("Pembimbing dipilih"),
    "coaching.begin_path": lazy("Jalur bimbingan dimulai"),
    "coaching.follow_posting": lazy("Pembimbing yang selesai bertugas dilepas"),
    "coaching.follow_supervision": lazy("Pembimbing mengikuti supervisor baru"),
    "coaching.hand_in_template": lazy("Jalur bimbingan diajukan"),
    "coaching.note_contact": lazy("Bimbingan dicatat"),
    "coaching.record_observation": lazy("Amatan dicatat"),
    "coaching.reflect": lazy("Catatan pertemuan ditulis"),
    "coaching.save_template": lazy("Jalur bimbingan disimpan"),
    "coaching.send_back_template": lazy("Jalur bimbingan dikembalikan"),
    "coaching.settle_action": lazy("Tindak lanjut dinilai"),
    "coaching.ship_template": lazy("Jalur bimbingan bawaan dipasang"),
    "coaching.sign_off": lazy("Pertemuan ditandai selesai"),
    "coaching.stop_path": lazy("Jalur bimbingan dihentikan"),
}
