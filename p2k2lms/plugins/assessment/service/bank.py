"""Freezes items, makes the forms of a course version, and draws who gets which form."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from p2k2lms.core.errors import Conflict, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.kinds import KINDS
from p2k2lms.plugins.assessment.models import Form, FormDraw, FormItem, ItemVersion
from p2k2lms.plugins.assessment.rules import draw, retention
from p2k2lms.plugins.assessment.values import EXAMS, PING, PRACTICE, PRE, QUICK, Item
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import ItemDef
from p2k2lms.plugins.enrolment.values import EnrolmentCard

PRACTICE_SIZE = 10


def form_of(enrolment: EnrolmentCard, purpose: str, number: int, sesi: str = "") -> Form:
    """The form of this attempt, made when nobody has needed it before."""
    if purpose in EXAMS:
        order = order_of(enrolment.person_id, enrolment.angkatan_id, enrolment.path_id)
        return sealed_form(enrolment, draw.form_for(order, purpose == PRE, number))
    name = {QUICK: f"{QUICK}:{sesi}", PING: f"{PING}:{number}"}.get(purpose, PRACTICE)
    return queries.form(enrolment.version_id, name) or _make(enrolment, name)


def sealed_form(enrolment: EnrolmentCard, name: str) -> Form:
    """Form A or B of the version that this enrolment learns."""
    return queries.form(enrolment.version_id, name) or _make(enrolment, name)


def order_of(person_id: int, angkatan_id: int | None, path_id: int | None) -> str:
    """The order that this person has drawn in the angkatan or for the path, drawn now if not before."""
    if (known := queries.draw_of(person_id, angkatan_id, path_id)) is not None:
        return known
    with unit_of_work("assessment.draw_forms", subject=f"angkatan:{angkatan_id} path:{path_id}") as uow:
        queries.one_at_a_time("draw", angkatan_id or 0)
        if (known := queries.draw_of(person_id, angkatan_id, path_id)) is not None:
            return known
        position = queries.next_position(angkatan_id)
        return uow.add(FormDraw(**drawn(person_id, angkatan_id, position, path_id))).form_order


def drawn(person_id: int, angkatan_id: int | None, position: int, path_id: int | None = None) -> dict[str, Any]:
    """The row of a draw at this position of the angkatan, or of all paths."""
    seed = "path" if angkatan_id is None else f"angkatan:{angkatan_id}"
    return {
        "person_id": person_id,
        "angkatan_id": angkatan_id,
        "path_id": path_id,
        "position": position,
        "block": position // draw.BLOCK,
        "form_order": draw.order_at(position, seed),
    }


def quick_sesi(version_id: int) -> frozenset[str]:
    """The sesi that have a cek cepat."""
    asked = (item.objective for item in catalogue.practice_items(version_id) if item.form == QUICK)
    return frozenset(objective.rpartition("-t")[0] for objective in asked)


def practice_of(version_id: int, name: str) -> tuple[ItemDef, ...]:
    """The open items of a quick check (`cek:<sesi>`) or of the practice copy; none stands in a test."""
    items = catalogue.practice_items(version_id)
    if name != PRACTICE:
        return tuple(i for i in items if i.form == QUICK and i.objective.startswith(f"{name.partition(':')[2]}-"))
    own = [i for i in items if i.form == PRACTICE]
    return tuple((own or items)[:PRACTICE_SIZE])


def _make(enrolment: EnrolmentCard, name: str) -> Form:
    version_id = enrolment.version_id
    with unit_of_work("assessment.make_form", subject=f"version:{version_id}:{name}") as uow:
        queries.one_at_a_time("form", version_id)
        if (made := queries.form(version_id, name)) is not None:
            return made
        if name in draw.ORDERS[0]:
            _make_sealed(uow, enrolment)
        elif name.startswith(PING):
            _lay(uow, enrolment, name, _remembered(enrolment, int(name.partition(":")[2])), frozenset())
        else:
            _lay(uow, enrolment, name, practice_of(version_id, name), frozenset())
        if (made := queries.form(version_id, name)) is None:
            raise NotFound(f"form {name}")
        return made


def _make_sealed(uow: UnitOfWork, enrolment: EnrolmentCard) -> None:
    blueprint = catalogue.blueprint(enrolment.version_id)
    items, bank, seed = _bank(enrolment)
    forms = draw.draw_forms(bank, blueprint.shares, blueprint.anchors, seed)
    for name, ids in (("A", forms.a), ("B", forms.b)):
        _lay(uow, enrolment, name, [items[one] for one in ids], forms.anchors)


def _bank(enrolment: EnrolmentCard) -> tuple[dict[str, ItemDef], list[draw.Banked], str]:
    """The sealed items of a version by id, what a draw needs to know of each, and the seed of its draws."""
    version_id = enrolment.version_id
    items, groups = {item.id: item for item in catalogue.items(version_id)}, catalogue.groups(version_id)
    bank = [draw.Banked(i.id, i.objective, groups.get(i.objective, ""), i.form) for i in items.values()]
    return items, bank, f"{enrolment.course}:{version_id}"


def _remembered(enrolment: EnrolmentCard, number: int) -> list[ItemDef]:
    """The items that this round of the check of memory asks again."""
    items, bank, seed = _bank(enrolment)
    shared = queries.anchors(sealed_form(enrolment, "A").id)
    ids = retention.chosen([item for item in bank if item.id in shared], number, seed)
    return [items[one] for one in ids]


def _lay(
    uow: UnitOfWork, enrolment: EnrolmentCard, name: str, items: Sequence[ItemDef], anchors: frozenset[str]
) -> None:
    """Write a form down: its rules, and its items in their order."""
    if not items:
        raise Conflict(_("Belum ada soal untuk ini. Isinya sedang ditulis."))
    version_id = enrolment.version_id
    form = uow.add(
        Form(
            version_id=version_id,
            course=enrolment.course,
            name=name,
            size=len(items),
            pass_percent=catalogue.completion_rules(version_id).post_test,
            about=_about(version_id, items),
            **_rules(version_id, name),
        )
    )
    frozen = freeze(uow, items)
    for position, item in enumerate(items, 1):
        uow.add(
            FormItem(form_id=form.id, position=position, item_version_id=frozen[item.id], anchor=item.id in anchors)
        )


OPEN_RULES: dict[str, Any] = {"minutes": None, "grace_seconds": 0, "attempts_post": 1, "review": "langsung"}


def _rules(version_id: int, name: str) -> dict[str, Any]:
    """A test has those of the blueprint; the check of memory has no time limit, but the same secrecy."""
    if name not in draw.ORDERS[0] and not name.startswith(PING):
        return OPEN_RULES
    blueprint = catalogue.blueprint(version_id)
    rules = {rule: getattr(blueprint, rule) for rule in ("minutes", "grace_seconds", "attempts_post", "review")}
    return rules | ({"minutes": None, "grace_seconds": 0} if name.startswith(PING) else {})


def _about(version_id: int, items: Iterable[ItemDef]) -> dict[str, Any]:
    """What the result page says about objectives and cards, copied so that it needs no pack."""
    outline, texts = catalogue.outline(version_id), catalogue.objectives(version_id)
    steps = {step.id: (sesi, step) for sesi in outline.sesi.values() for step in sesi.steps}
    cards = {}
    for item in items:
        if item.reread in steps:
            sesi, step = steps[item.reread]
            cards[step.id] = {"title": step.title, "sesi": sesi.id, "sesi_title": sesi.title, "minutes": step.minutes}
    return {"objectives": {i.objective: texts.get(i.objective, i.objective) for i in items}, "cards": cards}


def freeze(uow: UnitOfWork, items: Iterable[ItemDef]) -> dict[str, int]:
    """Keep these items as they are now; returns the id of the kept version by permanent item id."""
    kept = {item.id: KINDS[item.kind].freeze(item) for item in items}
    marks = {key: fingerprint(item) for key, item in kept.items()}
    known = queries.item_versions(marks.keys(), marks.values())
    for key, mark in marks.items():
        if (key, mark) not in known:
            known[key, mark] = uow.add(ItemVersion(item=key, hash=mark, body=asdict(kept[key]))).id
    return {key: known[key, mark] for key, mark in marks.items()}


def frozen(item: ItemDef) -> Item:
    """An item as it would come back after it was kept, without keeping it."""
    return Item.thawed(json.loads(json.dumps(asdict(KINDS[item.kind].freeze(item)))))


def fingerprint(item: Item) -> str:
    """The hash of all that an item says."""
    return hashlib.sha256(json.dumps(asdict(item), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def draw_for(person_id: int, angkatan_id: int | None, path_id: int | None = None) -> None:
    """Draw for somebody who has just come into an angkatan."""
    order_of(person_id, angkatan_id, path_id)
