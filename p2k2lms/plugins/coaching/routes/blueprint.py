"""The blueprint of coaching, the words that its templates share, and forms without script."""

import uuid
from typing import Any

from flask import Blueprint, request

from p2k2lms.core import clock, intake
from p2k2lms.core.i18n import _
from p2k2lms.core.submissions import Answer
from p2k2lms.plugins.coaching.rules import sheets
from p2k2lms.plugins.coaching.values import words
from p2k2lms.web.login import current_actor, current_device

pages = Blueprint("coaching", __name__)
MOST = 2**31 - 1
PATH = f"/bimbingan/jalur/<int(max={MOST}):path_id>"
STAGE = f"{PATH}/<int(max=40):number>"
KEPT = ("accepted", "duplicate")


@pages.context_processor
def shared() -> dict[str, Any]:
    """The closed lists by name, the day, and a fresh id for each form."""
    plain = {"words": words, "today": clock.today(), "share": sheets.share, "photo_words": photo_words}
    return plain | {"sent_id": lambda: str(uuid.uuid4())}


def photo_words() -> dict[str, str]:
    """What photo.js says of the photo of a sheet."""
    return {
        "photo": _("Foto yang akan dikirim"),
        "size": _("Foto siap, %(size)s kB. Data lokasinya sudah dibuang.", size="%s"),
        "large": _("Foto ini terlalu besar. Ambil yang lebih kecil. Lembar tetap bisa dikirim tanpa foto."),
        "none": _(
            "Berkas ini bukan foto yang bisa dibuka. Atur kamera ke JPEG, bukan HEIC. "
            "Lembar tetap bisa dikirim tanpa foto."
        ),
        "first": _("Ambil fotonya dulu."),
    }


def send(kind: str, payload: dict[str, Any]) -> Answer:
    """A form without script, through the same door."""
    actor, sent_id, device = current_actor(), request.form.get("sent_id", ""), current_device()
    return intake.receive_one(actor, f"coaching.{kind}", payload, sent_id=sent_id, device=device)


def faults_of(answer: Answer) -> dict[str, str]:
    """The refusals by field, without the place that only a phone knows."""
    return {fault.field.removeprefix("payload.").split(".")[0]: fault.message for fault in answer.faults}
