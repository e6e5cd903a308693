"""What a phone takes along: a file for each written sesi, drawn by the templates of its pages, named by its hash."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, render_template

from p2k2lms.core.i18n import language
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import Card, Outline, OutlineSesi, SceneDef
from p2k2lms.plugins.delivery.service import behaviours
from p2k2lms.web.parcels import Parcel, packed

LIVES = ("learn", "teach", "prove")
_Drawn = tuple[Outline | None, dict[str, Parcel]]


def parcels(version_id: int) -> Mapping[str, Parcel]:
    """The parcels of a version in the language of this request, by sesi; drawn at the first call."""
    ready: dict[tuple[int, str], _Drawn] = current_app.extensions.setdefault("delivery_parcels", {})
    outline = catalogue.outline(version_id)
    drawn_from, found = ready.get((version_id, language()), (None, {}))
    if drawn_from is not outline:  # not yet, or the number was given anew
        found = {sesi.id: _parcel(version_id, sesi) for sesi in outline.sesi.values() if sesi.steps}
        ready[version_id, language()] = (outline, found)
    return found


def sizes(outline: Outline, version_id: int) -> dict[str, int]:
    """What each modul weighs on its way to a phone; a modul of which nothing is written is left out."""
    found = parcels(version_id)
    weights = {m.id: sum(found[s.id].size for s in m.sesi if s.id in found) for m in outline.modul}
    return {modul: weight for modul, weight in weights.items() if weight}


def _parcel(version_id: int, sesi: OutlineSesi) -> Parcel:
    cards = {step.id: _drawn(catalogue.card(version_id, step.id)) for step in sesi.steps}
    known, titles = catalogue.scenes(version_id), behaviours(version_id)
    scenes = {scene.id: _scene(known[scene.id], titles) for scene in sesi.scenes}
    return packed(sesi.id, {"cards": cards, "scenes": scenes}, catalogue.photos(version_id))


def _scene(scene: SceneDef, titles: Mapping[str, str]) -> dict[str, Any]:
    """A scene as the phone plays it, with the titles of the behaviours that it looks at."""
    return scene.model_dump(mode="json") | {"behaviours": {name: titles[name] for name in scene.behaviours}}


def _drawn(card: Card) -> dict[str, str]:
    return {life: render_template(f"delivery/card_{life}.html", card=card).strip() for life in LIVES}
