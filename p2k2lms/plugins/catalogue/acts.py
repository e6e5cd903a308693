"""What the audit calls what is done to the drafts and versions of courses."""

from typing import Any

from p2k2lms.core.i18n import lazy

ACTS: dict[str, Any] = {
    "catalogue.add_card": lazy("Kartu ditambahkan"),
    "catalogue.add_modul": lazy("Modul ditambahkan"),
    "catalogue.add_sesi": lazy("Sesi ditambahkan"),
    "catalogue.archive_card": lazy("Kartu diarsipkan atau dipakai lagi"),
    "catalogue.archive_part": lazy("Modul atau sesi diarsipkan atau dipakai lagi"),
    "catalogue.bring_back_text": lazy("Naskah lama dikembalikan"),
    "catalogue.change_card": lazy("Isi kartu diubah"),
    "catalogue.change_items": lazy("Bank soal diubah"),
    "catalogue.change_rubric": lazy("Rubrik amatan diubah"),
    "catalogue.change_sesi": lazy("Tujuan dan bahan sesi diubah"),
    "catalogue.copy_course": lazy("Kursus disalin"),
    "catalogue.duplicate_card": lazy("Kartu disalin"),
    "catalogue.duplicate_modul": lazy("Modul disalin"),
    "catalogue.duplicate_sesi": lazy("Sesi disalin"),
    "catalogue.hand_in_course": lazy("Kursus diajukan"),
    "catalogue.load_documents": lazy("Naskah dimasukkan dari berkas"),
    "catalogue.move_card": lazy("Urutan kartu diubah"),
    "catalogue.move_part": lazy("Urutan modul atau sesi diubah"),
    "catalogue.publish_course": lazy("Kursus diterbitkan"),
    "catalogue.put_media": lazy("Gambar kursus diunggah"),
    "catalogue.rename_card": lazy("Judul dan menit kartu diubah"),
    "catalogue.rename_modul": lazy("Judul, JP, dan kelompok modul diubah"),
    "catalogue.rename_sesi": lazy("Judul sesi diubah"),
    "catalogue.send_back_course": lazy("Kursus dikembalikan"),
    "catalogue.set_picture": lazy("Gambar kartu dipasang"),
    "catalogue.undo_change": lazy("Perubahan naskah dibatalkan"),
}
