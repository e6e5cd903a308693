"""What can be seen in a home after a modul, in three sentences each: seen, not seen, or it does not apply.

Things and habits that a visitor sees without asking about persons; nothing about health, money or violence of one
family leaves the visit, only how many of five.
"""

from typing import Any

from p2k2lms.core.i18n import lazy

BEHAVIOURS: dict[str, tuple[Any, Any, Any]] = {
    "m1": (
        lazy("Ada tempat atau benda untuk anak bermain dan belajar"),
        lazy("Orang tua menanggapi anak yang bertanya atau mengajak bicara"),
        lazy("Ada waktu tetap bermain atau membaca bersama"),
    ),
    "m2": (
        lazy("Ada catatan uang masuk dan keluar"),
        lazy("Ada tempat menyimpan uang yang dipisah untuk sekolah"),
        lazy("Keluarga bisa menyebut satu pengeluaran yang dikurangi"),
    ),
    "m3": (
        lazy("Ada sabun dan air di tempat cuci tangan"),
        lazy("Buku KIA atau KMS disimpan dan terisi"),
        lazy("Ada sayur atau lauk di dapur hari ini"),
    ),
    "m4": (
        lazy("Benda berbahaya disimpan di luar jangkauan anak"),
        lazy("Orang tua menegur anak tanpa membentak"),
        lazy("Keluarga tahu nomor yang bisa dihubungi untuk minta tolong"),
    ),
    "m5": (
        lazy("Jalan di dalam rumah aman untuk yang sulit bergerak"),
        lazy("Anggota yang lanjut usia atau berkebutuhan khusus ikut duduk bersama"),
        lazy("Keluarga tahu layanan terdekat untuk mereka"),
    ),
}
