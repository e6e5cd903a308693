"""The doors through which a phone takes a course along: its plan, the files of its sesi, their photos."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, jsonify, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from p2k2lms.core.i18n import language
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import OutlineModul, OutlineSesi
from p2k2lms.plugins.delivery import rules, service
from p2k2lms.plugins.delivery.parcels import parcels
from p2k2lms.plugins.delivery.permissions import LIST_COURSES, READ_CARD
from p2k2lms.plugins.delivery.words import reading_words, sesi_name, sesi_short
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor
from p2k2lms.web.parcels import KEPT, Parcel, sent, told

pack_pages = Blueprint("delivery_packs", __name__, url_prefix="/api/v1/paket")
gallery = Blueprint("delivery_photos", __name__, url_prefix="/belajar/gambar")
TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


@pack_pages.get("/<course>")
@requires(READ_CARD)
def plan(course: str) -> ResponseReturnValue:
    """The course as its learner has it: order, what opens after what, the files, and what has been read."""
    taken = service.take_along(current_actor(), course)
    outline, version_id = taken.outline, taken.enrolment.version_id
    found = parcels(version_id)
    return jsonify(
        person=current_actor().id,
        course=course,
        version=version_id,
        language=language(),
        title=outline.title,
        subtitle=outline.subtitle,
        preview=taken.preview,
        modul=[_modul(modul, found, version_id) for modul in outline.modul],
        read=sorted(taken.read | taken.played),
    )


@pack_pages.get("/<int:version_id>/<name>.json")
@requires(READ_CARD)
def sesi(version_id: int, name: str) -> ResponseReturnValue:
    """The cards of one sesi, for whoever learns this version; the same for all of them, so it is kept for ever."""
    service.must_learn(current_actor(), version_id)
    parcel = next((one for one in parcels(version_id).values() if one.name == name), None)
    if parcel is None:
        abort(404)
    return sent(parcel)


@gallery.get("/<sha>.<any(jpg, png, webp):kind>")
@requires(LIST_COURSES)
def photo(sha: str, kind: str) -> ResponseReturnValue:
    """A photo of a card; its address changes with its bytes, so it is kept for ever."""
    body = catalogue.media(sha)
    if body is None:
        abort(404)
    answer = make_response(body)
    answer.mimetype = TYPES[kind]
    answer.headers["Cache-Control"] = KEPT
    return answer


def _modul(modul: OutlineModul, found: Mapping[str, Parcel], version_id: int) -> dict[str, Any]:
    after = rules.opens_after(modul)
    told = [_sesi(sesi, after[sesi.id], found.get(sesi.id), version_id) for sesi in modul.sesi]
    return {"id": modul.id, "title": modul.title, "jp": modul.jp, "sesi": told}


def _sesi(sesi: OutlineSesi, after: tuple[str, ...], parcel: Parcel | None, version_id: int) -> dict[str, Any]:
    return {
        "id": sesi.id,
        "name": sesi_name(sesi),
        "short": sesi_short(sesi),
        "number": sesi.number,
        "after": after,
        "steps": [{"id": s.id, "title": s.title, "minutes": s.minutes, "required": s.required} for s in sesi.steps],
        "scenes": [{"id": scene.id, "title": scene.title, "minutes": scene.minutes} for scene in sesi.scenes],
        "file": told(parcel, _address(parcel, version_id) if parcel else ""),
    }


def _address(parcel: Parcel, version_id: int) -> str:
    return url_for("delivery_packs.sesi", version_id=version_id, name=parcel.name)


def offline_page() -> Markup:
    """The pieces from which a phone without signal draws the outline and the cards."""
    return Markup(render_template("delivery/offline.html", words=reading_words()))
