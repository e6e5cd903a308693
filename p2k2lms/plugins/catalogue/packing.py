"""Makes the two parts of a version from a draft: renders once, measures, hashes."""

import hashlib
import math
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup, escape

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue import drawing
from p2k2lms.plugins.catalogue.markup import Renderer, links
from p2k2lms.plugins.catalogue.values.course import CourseDef, ModulDef, SesiPlan
from p2k2lms.plugins.catalogue.values.draft import BODY, ContentFault, CourseDraft, SesiDraft, Written
from p2k2lms.plugins.catalogue.values.media import MediaDef
from p2k2lms.plugins.catalogue.values.pack import (
    Card,
    OpenPack,
    Outline,
    OutlineModul,
    OutlineScene,
    OutlineSesi,
    OutlineStep,
    SealedPack,
    SesiSheet,
)
from p2k2lms.plugins.catalogue.values.scene import SceneDef
from p2k2lms.plugins.catalogue.values.sesi import SesiDef, StepDef


@dataclass(frozen=True)
class Packed:
    """Both parts as bytes, the one hash that names them together, and what could not be rendered."""

    open_part: bytes
    sealed_part: bytes
    faults: tuple[ContentFault, ...] = ()

    @property
    def hash(self) -> str:
        """The same content has the same hash, wherever and whenever it is published."""
        return hashlib.sha256(self.open_part + b"\0" + self.sealed_part).hexdigest()


def pack(draft: CourseDraft) -> Packed:
    """Render a draft without faults of structure; the same draft always gives the same bytes."""
    press = _Press(draft)
    open_part = press.open_pack().model_dump_json().encode()
    sealed_part = _sealed_pack(draft).model_dump_json().encode()
    return Packed(open_part, sealed_part, tuple(press.faults))


def one_card(
    draft: CourseDraft, step_id: str, elsewhere: Iterable[str] = ()
) -> tuple[Card | None, tuple[ContentFault, ...]]:
    """One card as it would be published, and what of it could not be rendered; None for a card that is not there.

    The draft may hold its sesi alone: then `elsewhere` are the addresses of the cards that are not in it.
    """
    press = _Press(draft, elsewhere)
    for sesi in draft.sesi:
        for number, step in enumerate(sesi.steps, 1):
            if step.value.id == step_id:
                return press.card(sesi, step, number), tuple(press.faults)
    return None, ()


def cards_of(draft: CourseDraft, sesi_id: str) -> tuple[Card, ...]:
    """The cards of one sesi as they would be published."""
    press = _Press(draft)
    rows = (sesi for sesi in draft.sesi if sesi.id == sesi_id)
    return tuple(press.card(sesi, step, n) for sesi in rows for n, step in enumerate(sesi.steps, 1))


def _sealed_pack(draft: CourseDraft) -> SealedPack:
    blueprint = draft.course.value.blueprint
    groups = {
        objective.id: group
        for sesi in draft.ready
        if sesi.sesi and blueprint and (group := blueprint.group_of(sesi.id, sesi.modul_id))
        for objective in sesi.sesi.value.objectives
    }
    items = tuple(item.value for item in draft.items() if item.value.sealed)
    return SealedPack(blueprint=blueprint, groups=groups, items=items)


class _Press:
    """Renders the texts of one course, and notes pictures that cannot be shown and links that lead nowhere."""

    def __init__(self, draft: CourseDraft, elsewhere: Iterable[str] = ()) -> None:
        self.draft = draft
        self.faults: list[ContentFault] = []
        self.media: dict[str, MediaDef] = {}
        self._renderer = Renderer()
        self._addresses = {f"../{s.id}/{step.value.id}" for s in draft.ready for step in s.steps} | set(elsewhere)

    def open_pack(self) -> OpenPack:
        draft = self.draft
        cards = [self.card(s, step, n) for s in draft.ready for n, step in enumerate(s.steps, 1)]
        by_id = {card.id: card for card in cards}
        return OpenPack(
            outline=_outline(draft, by_id),
            completion=draft.course.value.completion,
            objectives={o.id: o.text for s in draft.ready if s.sesi for o in s.sesi.value.objectives},
            sesi={s.id: self.sheet(s, s.sesi) for s in draft.ready if s.sesi},
            cards=by_id,
            items=tuple(item.value for item in draft.items() if not item.value.sealed),
            rubric=draft.rubric.value if draft.rubric else None,
            scenes={scene.value.id: scene.value for scene in draft.scenes()},
            media=self.media,
        )

    def sheet(self, sesi: SesiDraft, written: Written[SesiDef]) -> SesiSheet:
        told = written.value
        return SesiSheet(
            id=sesi.id,
            modul_id=sesi.modul_id,
            title=told.title,
            number=told.number,
            minutes=sum(step.value.minutes for step in sesi.steps),
            aim=told.aim,
            intro=self.html(sesi, written, sesi.id),
            objectives=tuple(o.id for o in told.objectives),
            materials=told.materials,
            key_messages=told.key_messages,
            homework=told.homework,
            handraise=told.handraise,
            adaptations=told.adaptations,
            safeguarding=told.safeguarding,
            examples=sesi.rubric.value.examples if sesi.rubric else {},
        )

    def card(self, sesi: SesiDraft, written: Written[StepDef], number: int) -> Card:
        step = written.value
        html = self.html(sesi, written, step.id)
        picture = self.picture(sesi, written, step.id, step.picture, step.picture_alt) if step.picture else ""
        return Card(
            id=step.id,
            sesi_id=sesi.id,
            number=number,
            title=step.title,
            minutes=step.minutes,
            required=step.required,
            kb=kilobytes(html + picture) + self.photo_kilobytes(html + picture),
            objectives=step.objectives,
            key=step.key,
            html=html,
            picture=Markup(picture),
            picture_alt=step.picture_alt,
            try_today=step.try_today,
            sources=step.sources,
            review_question=step.review_question,
            teach=step.teach,
            prove=step.prove,
        )

    def html(self, sesi: SesiDraft, written: Written[SesiDef] | Written[StepDef], owner: str) -> Markup:
        html = self._renderer.html(written.body, partial(self.picture, sesi, written, owner))
        for address in links(html):
            if not self._leads_somewhere(sesi, address):
                self._blame(written, address, _("tautan tidak menuju langkah mana pun: %(what)s", what=address))
        return html

    def _leads_somewhere(self, sesi: SesiDraft, address: str) -> bool:
        """A link leads outside, or from card to card: `m1-s01-l03`, `../tf-s02/tf-s02-l01`."""
        outside = address.startswith(("https://", "mailto:", "tel:"))
        return outside or f"../{sesi.id}/{address}" in self._addresses or address in self._addresses

    def picture(
        self, sesi: SesiDraft, written: Written[SesiDef] | Written[StepDef], owner: str, name: str, alt: str
    ) -> str:
        """The drawing inline, its ids made the owner's own, or the photo by its address; nothing where neither is."""
        if name not in sesi.pictures and name not in sesi.photos:
            self._blame(written, name, _("gambar tidak ada di map sesi ini: %(what)s", what=name))
            return ""
        if not alt:
            self._blame(written, name, _("gambar memerlukan teks pengganti: %(what)s", what=name))
        if name in sesi.photos:
            return self._photo(sesi.photos[name], alt)
        file = f"{self.draft.folder}{sesi.id}/{name}"
        try:
            for element in drawing.foreign(sesi.pictures[name]):
                said = _("elemen <%(name)s> tidak dipakai dalam gambar", name=element)
                self.faults.append(ContentFault(file, 1, "-", said))
            return drawing.safe(sesi.pictures[name], alt, f"{owner}-{name.removesuffix('.svg')}")
        except drawing.BadDrawing as error:
            self.faults.append(ContentFault(file, 1, "-", str(error)))
            return ""

    def _photo(self, media: MediaDef, alt: str) -> str:
        self.media[media.address] = media
        measures = f'width="{media.width}" height="{media.height}"'
        return f'<img src="{media.address}" alt="{escape(alt)}" {measures} loading="lazy" decoding="async">'

    def photo_kilobytes(self, html: str) -> int:
        """What the photos of a text weigh, in whole kB."""
        return math.ceil(sum(media.size for address, media in self.media.items() if address in html) / 1000)

    def _blame(self, written: Written[SesiDef] | Written[StepDef], what: str, message: str) -> None:
        place = max(written.body.find(what), 0)
        line = written.body_line + written.body.count("\n", 0, place)
        self.faults.append(ContentFault(written.source.file, line, BODY, message))


def kilobytes(text: str) -> int:
    """What a text weighs on its way to a phone, in whole kB, at least 1."""
    return math.ceil(len(zlib.compress(text.encode(), 6)) / 1000)


def _outline(draft: CourseDraft, cards: dict[str, Card]) -> Outline:
    course = draft.course.value
    by_id = {sesi.id: sesi for sesi in draft.sesi}
    return Outline(
        course=course.id,
        title=course.title,
        subtitle=course.subtitle,
        notice=course.notice,
        jp=course.jp,
        modul=tuple(_outline_modul(course, modul, by_id, cards) for modul in course.taught),
    )


def _outline_modul(
    course: CourseDef, modul: ModulDef, by_id: dict[str, SesiDraft], cards: dict[str, Card]
) -> OutlineModul:
    sesi = tuple(_outline_sesi(by_id[plan.id], plan, cards) for plan in modul.sesi)
    return OutlineModul(id=modul.id, title=modul.title, group=modul.group, jp=modul.jp, sesi=sesi)


def _outline_sesi(sesi: SesiDraft, plan: SesiPlan, cards: dict[str, Card]) -> OutlineSesi:
    told = sesi.sesi.value if sesi.sesi else None
    steps = tuple(_outline_step(cards[step.value.id]) for step in sesi.steps) if sesi.written else ()
    return OutlineSesi(
        id=sesi.id,
        modul_id=sesi.modul_id,
        title=(told and told.title) or plan.title or sesi.id,
        number=(told and told.number) or plan.number,
        minutes=sum(step.minutes for step in steps) or (told and told.minutes) or plan.minutes,
        kb=sum(step.kb for step in steps),
        written=sesi.written,
        aim=told.aim if told else "",
        steps=steps,
        scenes=tuple(_outline_scene(scene.value) for scene in sesi.scenes),
    )


def _outline_step(card: Card) -> OutlineStep:
    return OutlineStep(id=card.id, title=card.title, minutes=card.minutes, kb=card.kb, required=card.required)


def _outline_scene(scene: SceneDef) -> OutlineScene:
    return OutlineScene(id=scene.id, title=scene.title, minutes=scene.minutes)
