"""The doors through which a phone takes sheets along: whose, and a file for each sesi."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from p2k2lms.core.errors import NotFound
from p2k2lms.core.i18n import _, language
from p2k2lms.plugins.coaching import service
from p2k2lms.plugins.coaching.permissions import READ_COACHING
from p2k2lms.plugins.coaching.routes.blueprint import MOST, photo_words
from p2k2lms.plugins.coaching.values import SheetKey, words
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor
from p2k2lms.web.parcels import Parcel, packed, sent, told

packs = Blueprint("coaching_packs", __name__, url_prefix="/api/v1/paket/bimbingan")
LONGEST = 60


@packs.get("")
@requires(READ_COACHING)
def plan() -> ResponseReturnValue:
    """What bekal.js takes along, and what lembar.js shows without signal."""
    found = service.along(current_actor())
    return jsonify(
        person=current_actor().id,
        course="bimbingan",
        kind="field",
        language=language(),
        title=_("Lembar amatan"),
        read=[],
        modul=[{"id": "lembar", "title": _("Lembar amatan"), "sesi": [_sheet(key) for key in found.sheets]}],
        people=[
            {
                "id": one.person_id,
                "name": one.name,
                "own": one.own,
                "path": one.path_id,
                "sheets": list(map(_id, one.sheets)),
            }
            for one in found.people
        ],
    )


@packs.get(f"/<int(max={MOST}):version_id>/<name>.json")
@requires(READ_COACHING)
def sheet(version_id: int, name: str) -> ResponseReturnValue:
    """The langkah and behaviours of one sesi; open content, the same for all who observe."""
    sesi, _dash, _sha = name[: LONGEST + 17].rpartition("-")
    try:
        found = parcel(SheetKey(version_id, sesi))
    except NotFound:
        abort(404)
    return sent(found) if found.name == name else abort(404)


def _id(key: SheetKey) -> str:
    return f"{key.version_id}.{key.sesi}"


def parcel(key: SheetKey) -> Parcel:
    """The file of one sheet in the language of this request; drawn once."""
    ready: dict[tuple[SheetKey, str], tuple[Any, Parcel]] = current_app.extensions.setdefault("coaching_parcels", {})
    outline, place = service.outline(key.version_id), (key, language())
    if place not in ready or ready[place][0] is not outline:  # not yet, or the number was given anew
        form = service.blank(key.version_id, key.sesi)
        fields = render_template("coaching/sheet_fields.html", form=form, sent={}, words=words).strip()
        ready[place] = outline, packed(key.sesi, {"fields": fields})
    return ready[place][1]


def _sheet(key: SheetKey) -> Mapping[str, Any]:
    sesi, file = service.outline(key.version_id).sesi[key.sesi], parcel(key)
    named = _("Sesi %(n)s", n=sesi.number) + " · " + sesi.title if sesi.number else sesi.title
    url = url_for("coaching_packs.sheet", version_id=key.version_id, name=file.name)
    plain = {"id": _id(key), "version": key.version_id, "sesi": key.sesi, "number": sesi.number, "name": named}
    return plain | {"file": told(file, url)}


def offline_page() -> Markup:
    """The pieces from which a phone without signal draws lists of people and their sheets."""
    said = {
        "title": _("Lembar amatan"),
        "own": _("Nilai diri"),
        "watch": _("Amati %(name)s", name="%s"),
        "visit": _("Amati saat P2K2"),
        "here": _("ada di HP"),
        "away": _("belum diunduh"),
        "waits": _("tersimpan di HP, menunggu sinyal"),
        "send": _("Kirim amatan"),
        "send-own": _("Kirim penilaian diri"),
    }
    page = render_template("coaching/offline.html", said=said, words=words, photo_words=photo_words, today="")
    return Markup(page)
