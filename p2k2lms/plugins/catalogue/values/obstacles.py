"""What gets in the way of a meeting: the closed list that reports count, and that talk and tips are attached to."""

from typing import Any

from p2k2lms.core.i18n import lazy

NO_OBSTACLE, OTHER_OBSTACLE = "tidak_ada", "lainnya"
TECHNICAL, INTERNAL, EXTERNAL = "teknis", "internal", "eksternal"
OBSTACLE_KINDS: dict[str, Any] = {
    TECHNICAL: lazy("Teknis: tempat dan alat"),
    INTERNAL: lazy("Dari saya atau kelompok"),
    EXTERNAL: lazy("Dari luar kelompok"),
}
OBSTACLES: dict[str, tuple[str, Any]] = {
    "waktu_sempit": (INTERNAL, lazy("Waktu sempit")),
    "lambat_paham": (EXTERNAL, lazy("Peserta lambat paham")),
    "banyak_absen": (EXTERNAL, lazy("Banyak yang tidak datang")),
    "tempat": (TECHNICAL, lazy("Tempat kurang layak")),
    "alat": (TECHNICAL, lazy("Alat atau bahan kurang")),
    "cuaca_jalan": (EXTERNAL, lazy("Cuaca atau jalan")),
    "jarak_ongkos": (TECHNICAL, lazy("Jarak atau ongkos")),
    "sinyal_listrik": (TECHNICAL, lazy("Sinyal atau listrik")),
    "belum_yakin": (INTERNAL, lazy("Saya belum yakin diri")),
    "belum_kuasai": (INTERNAL, lazy("Saya belum menguasai materi")),
    "kelompok_besar": (INTERNAL, lazy("Kelompok terlalu besar")),
    "bahasa_budaya": (EXTERNAL, lazy("Bahasa atau kebiasaan")),
    "kegiatan_desa": (EXTERNAL, lazy("Kegiatan desa")),
    "jadwal_bantuan": (EXTERNAL, lazy("Jadwal pencairan bantuan")),
    NO_OBSTACLE: ("", lazy("Tidak ada kendala")),
    OTHER_OBSTACLE: ("", lazy("Lainnya")),
}
