"""Makes the two parts of a version from a draft: renders once, measures, hashes."""

import hashlib
import math
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from p2k2lms.plugins.catalogue import drawing
from p2k2lms.plugins.catalogue.markup import Renderer
from p2k2lms.plugins.catalogue.values.course import CourseDef, ModulDef, SesiPlan
from p2k2lms.plugins.catalogue.values.draft import CourseDraft, SesiDraft, Written
from p2k2lms.plugins.catalogue.values.pack import (
    Card,
    OpenPack,
    Outline,
    OutlineModul,
    OutlineSesi,
    OutlineStep,
    SealedPack,
    SesiSheet,
)
from p2k2lms.plugins.catalogue.values.sesi import SesiDef, StepDef


@dataclass(frozen=True)
class Packed:
    """Both parts as bytes, and the one hash that names them together."""

    open_part: bytes
    sealed_part: bytes

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.open_part + b"\0" + self.sealed_part).hexdigest()


def pack(draft: CourseDraft) -> Packed:
    """The same draft always gives the same bytes."""
    return Packed(_dump(_open_pack(draft)), _dump(_sealed_pack(draft)))


def _dump(part: OpenPack | SealedPack) -> bytes:
    return part.model_dump_json(exclude_defaults=False).encode()


def _open_pack(draft: CourseDraft) -> OpenPack:
    renderer = Renderer()
    sheets = {s.id: _sheet(renderer, s, s.sesi) for s in draft.ready if s.sesi}
    cards = {
        step.value.id: _card(renderer, sesi, step, number)
        for sesi in draft.ready
        for number, step in enumerate(sesi.steps, 1)
    }
    return OpenPack(
        outline=_outline(draft, cards),
        completion=draft.course.value.completion,
        objectives={o.id: o.text for s in draft.ready if s.sesi for o in s.sesi.value.objectives},
        sesi=sheets,
        cards=cards,
        items=tuple(item.value for item in draft.items() if not item.value.sealed),
    )


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


def _sheet(renderer: Renderer, sesi: SesiDraft, written: Written[SesiDef]) -> SesiSheet:
    told = written.value
    return SesiSheet(
        id=sesi.id,
        modul_id=sesi.modul_id,
        title=told.title,
        number=told.number,
        minutes=sum(step.value.minutes for step in sesi.steps),
        aim=told.aim,
        intro=renderer.html(written.body, partial(_picture, sesi, sesi.id)),
        objectives=tuple(o.id for o in told.objectives),
        materials=told.materials,
        key_messages=told.key_messages,
        homework=told.homework,
        handraise=told.handraise,
        adaptations=told.adaptations,
        safeguarding=told.safeguarding,
    )


def _card(renderer: Renderer, sesi: SesiDraft, written: Written[StepDef], number: int) -> Card:
    step = written.value
    draw: Callable[[str, str], str] = partial(_picture, sesi, step.id)
    html = renderer.html(written.body, draw)
    picture = Markup(draw(step.picture, step.picture_alt)) if step.picture else Markup("")
    return Card(
        id=step.id,
        sesi_id=sesi.id,
        number=number,
        title=step.title,
        minutes=step.minutes,
        required=step.required,
        kb=kilobytes(html + picture),
        objectives=step.objectives,
        key=step.key,
        html=html,
        picture=picture,
        picture_alt=step.picture_alt,
        try_today=step.try_today,
        sources=step.sources,
        review_question=step.review_question,
        teach=step.teach,
        prove=step.prove,
    )


def _picture(sesi: SesiDraft, owner: str, name: str, alt: str) -> str:
    """The drawing inline, its ids made the owner's own; nothing where there is none."""
    text = sesi.pictures.get(name)
    return drawing.safe(text, alt, f"{owner}-{name.removesuffix('.svg')}") if text else ""


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
        modul=tuple(_outline_modul(course, modul, by_id, cards) for modul in course.modul),
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
    )


def _outline_step(card: Card) -> OutlineStep:
    return OutlineStep(id=card.id, title=card.title, minutes=card.minutes, kb=card.kb, required=card.required)
