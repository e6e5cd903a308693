"""The path that ships: eight meetings that lead an untrained pendamping through the course."""

from p2k2lms.plugins.coaching.values.payloads import StageDef

COURSE = "diklat-p2k2"
NAME = "Jalur P2K2 lengkap"
STAGES = (
    StageDef(
        title="Mengenal P2K2 dan tugas pendamping", sesi=("kbj-s01", "per-s01", "tf-s01"), practice=False, minutes=90
    ),
    StageDef(title="Membuka pertemuan dan membuat semua bicara", sesi=("tf-s02", "tf-s03"), minutes=120),
    StageDef(title="Sesi pertama bersama kelompok", sesi=("m1-s01", "m1-s02"), observed=True, minutes=180),
    StageDef(title="Modul 1 sampai selesai", sesi=("m1-s03", "m1-s04", "tf-s04"), minutes=150),
    StageDef(title="Mengelola keuangan keluarga", sesi=("m2-s05", "m2-s06", "m2-s07"), observed=True, minutes=180),
    StageDef(title="Kesehatan dan gizi", sesi=("m3-s08", "m3-s09", "m3-s10", "tf-s05"), minutes=180),
    StageDef(
        title="Melindungi anak, menghormati lansia dan disabilitas",
        sesi=("m4-s11", "m4-s12", "m5-s13", "m5-s14"),
        minutes=180,
    ),
    StageDef(
        title="Menilai P2K2 sendiri dan rencana tindak lanjut", sesi=("tf-s06", "rtl-s01"), observed=True, minutes=120
    ),
)
