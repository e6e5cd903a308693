"""How people were prepared when a month began: the arms by which figures are told apart."""

from typing import Any

from p2k2lms.core.i18n import lazy

ARM_CLASS, ARM_PATH, ARM_NOW, ARM_NONE = "kelas", "bimbingan", "transisi", "belum"
ARMS: dict[str, Any] = {
    ARM_CLASS: lazy("Sudah diklat"),
    ARM_PATH: lazy("Bimbingan mandiri"),
    ARM_NOW: lazy("Sedang dibekali"),
    ARM_NONE: lazy("Belum"),
}
