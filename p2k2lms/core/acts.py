"""What the audit calls the parts of the platform and what is done in them, in the words that the plugins declare."""

from collections.abc import Mapping
from typing import Any

from flask import current_app

from p2k2lms.core import submissions
from p2k2lms.core.i18n import lazy

TITLE = lazy("Sistem")
OF_CORE: dict[str, Any] = {
    "core.be_born": lazy("Basis data dibuat"),
    "core.change_setting": lazy("Pengaturan diubah"),
    "core.confirm_submission": lazy("Kiriman yang ditahan diterima"),
    "core.keep_conflict": lazy("Kiriman dengan id terpakai ditolak"),
    "core.keep_held": lazy("Kiriman ditahan"),
    "core.keep_photo": lazy("Foto dikirim"),
    "core.keep_rejected": lazy("Kiriman ditolak"),
    "core.keep_retention": lazy("Catatan yang habis masa simpannya dihapus"),
    "core.note_filled": lazy("Basis data diisi"),
    "core.read_notices": lazy("Kabar dibaca"),
    "core.refuse_submission": lazy("Kiriman yang ditahan ditolak"),
    "core.reseal_values": lazy("Rahasia disegel ulang"),
    "core.restore_backup": lazy("Cadangan dipulihkan"),
}


def areas() -> Mapping[str, Any]:
    """What the parts are called in which people act, by the name that their acts begin with."""
    found: Mapping[str, Any] = current_app.extensions["areas"]
    return found


def in_words(act: str) -> str:
    """What was done, and what was sent by the name that its sender knows; an act without words goes by its own name."""
    declared: Mapping[str, Any] = current_app.extensions["acts"]
    if act in declared:
        return str(declared[act])
    kind = submissions.kinds().get(act.removeprefix("intake."))
    return str(kind.title or act) if kind else act
