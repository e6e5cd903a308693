"""What a phone takes along: a file for each written sesi, drawn by the templates of its pages, named by its hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

import brotli
from flask import current_app, render_template

from p2k2lms.core.i18n import language
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import Card, Outline, OutlineSesi

LIVES = ("learn", "teach", "prove")
QUALITY = 6  # of the compression: done once for each process, then sent many times


@dataclass(frozen=True)
class Parcel:
    """The cards of a sesi as a phone keeps them; `small` are the bytes that travel, `sha` names what they unfold to."""

    sesi: str
    sha: str
    small: bytes

    @property
    def size(self) -> int:
        """What it weighs on its way."""
        return len(self.small)

    @property
    def name(self) -> str:
        """The last part of its address: it changes with the content, so that it may be kept for ever."""
        return f"{self.sesi}-{self.sha[:16]}"

    @property
    def text(self) -> bytes:
        """The JSON for whoever cannot unfold it."""
        return bytes(brotli.decompress(self.small))


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
    text = json.dumps({"sesi": sesi.id, "cards": cards}, ensure_ascii=False, separators=(",", ":")).encode()
    return Parcel(sesi.id, hashlib.sha256(text).hexdigest(), brotli.compress(text, quality=QUALITY))


def _drawn(card: Card) -> dict[str, str]:
    return {life: render_template(f"delivery/card_{life}.html", card=card).strip() for life in LIVES}
