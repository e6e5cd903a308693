"""The pages of learning: what I learn, the outline of a course, its cards; and the place where I stopped."""

import uuid
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values import card_path
from p2k2lms.plugins.delivery import service
from p2k2lms.plugins.delivery.parcels import sizes
from p2k2lms.plugins.delivery.permissions import LIST_COURSES, READ_CARD
from p2k2lms.plugins.delivery.values import CardView, Place, PositionIn, SesiState
from p2k2lms.plugins.delivery.words import outline_words, pack_words, sesi_name, sesi_short
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor, current_device
from p2k2lms.web.openapi import takes_in

pages = Blueprint("delivery", __name__)
LONGEST_SEARCH = 100
CARD = "/belajar/<course>/<sesi>/<langkah>"


@pages.context_processor
def words() -> dict[str, Any]:
    """How cards are addressed and sesi are called."""
    named = {"sesi_name": sesi_name, "sesi_short": sesi_short, "pack_words": pack_words}
    return {"card_url": card_url, "first_url": first_url, **named}


def card_url(place: Place) -> str:
    """The address of a card; the share that was read already goes along for the script that scrolls there."""
    url = f"/belajar/{place.course}/{place.sesi.id}/{place.step.id}"
    return f"{url}#gulir-{place.scroll * 100:.0f}" if place.scroll else url


def first_url(course: str, state: SesiState) -> str:
    """The address of the first unread card of a sesi, or of its first card."""
    steps = state.sesi.steps
    unread = next((step for step in steps if step.id not in state.read), steps[0])
    return f"/belajar/{course}/{state.sesi.id}/{unread.id}"


@pages.get("/belajar")
@requires(LIST_COURSES)
def index() -> ResponseReturnValue:
    return render_template("delivery/index.html", desk=service.desk(current_actor(), current_device()))


@pages.get("/belajar/cari")
@requires(LIST_COURSES)
def search() -> ResponseReturnValue:
    """The cards that hold the words one looks for."""
    words = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    hits = service.search(current_actor(), words)
    return render_template("delivery/search.html", words=words, hits=hits, card_path=card_path)


@pages.get("/belajar/<course>")
@requires(READ_CARD)
def outline(course: str) -> ResponseReturnValue:
    view = service.outline(current_actor(), course, current_device())
    weights = sizes(view.outline, view.enrolment.version_id)
    return render_template("delivery/outline.html", view=view, said=outline_words(), weights=weights)


@pages.get(CARD)
@requires(READ_CARD)
def card(course: str, sesi: str, langkah: str) -> ResponseReturnValue:
    view = service.read(current_actor(), course, langkah)
    return _elsewhere(view, sesi) or _show(view, "learn")


@pages.get(f"{CARD}/ajar")
@requires(READ_CARD)
def teach(course: str, sesi: str, langkah: str) -> ResponseReturnValue:
    view = service.read(current_actor(), course, langkah)
    return _elsewhere(view, sesi) or _show(view, "teach")


@pages.get(f"{CARD}/bukti")
@requires(READ_CARD)
def prove(course: str, sesi: str, langkah: str) -> ResponseReturnValue:
    view = service.read(current_actor(), course, langkah)
    return _elsewhere(view, sesi) or _show(view, "prove")


@pages.post(CARD)
@requires(READ_CARD)
def finish(course: str, sesi: str, langkah: str) -> ResponseReturnValue:
    """Selesai, lanjut: the card counts as read, and the next one opens."""
    view = service.read(current_actor(), course, langkah)
    if view.preview:
        return redirect(_onward(view), 303)
    sent_id = request.form.get("sent_id", "")
    answer = service.send_finished(current_actor(), view, sent_id, current_device())
    if answer.status in {"accepted", "duplicate"}:
        return redirect(_onward(view), 303)
    return _show(view, "learn", _("Langkah ini belum tercatat. Tekan sekali lagi.")), 422


@pages.put("/api/v1/posisi")
@takes_in(PositionIn)
@requires(READ_CARD)
def keep_position() -> ResponseReturnValue:
    """Where this phone is reading: the newest instant wins; no receipt, no journal."""
    try:
        told = PositionIn.model_validate(request.get_json(silent=True))
    except ValidationError as problem:
        raise Invalid(_("Posisi ini tidak terbaca.")) from problem
    return {"kept": service.keep_position(current_actor(), told)}


def _elsewhere(view: CardView, sesi: str) -> ResponseReturnValue | None:
    """A card that has moved answers at its present address."""
    return redirect(card_url(view.place), 302) if view.place.sesi.id != sesi else None


def _onward(view: CardView) -> str:
    """The next card, or the outline when the next one is not open or there is none."""
    if view.following is not None:
        return card_url(view.following)
    return url_for("delivery.outline", course=view.enrolment.course)


def _show(view: CardView, life: str, fault: str = "") -> str:
    """A card in one of its lives, or the reason why it is locked."""
    if view.lock is not None:
        return render_template("delivery/locked.html", view=view)
    return render_template(
        f"delivery/{life}.html",
        view=view,
        life=life,
        fault=fault,
        sent_id=uuid.uuid4(),
        onward=_onward(view),
        device=current_device(),
    )
