"""Reads frozen items, forms and draws; and lets one transaction at a time number or make them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, false, func, or_, select, text

from p2k2lms.core.db import db, is_sqlite
from p2k2lms.plugins.assessment.models import (
    Form,
    FormDraw,
    FormItem,
    ItemVersion,
)

# Whoever begins a test asks these, so they are built once.
_FORM = select(Form).where(Form.version_id == bindparam("version"), Form.name == bindparam("name"))
_DRAWN = select(FormDraw.form_order).where(FormDraw.person_id == bindparam("person"))
_DRAWN_HERE = _DRAWN.where(FormDraw.angkatan_id == bindparam("place"))
_DRAWN_ON_PATH = _DRAWN.where(FormDraw.path_id == bindparam("place"))
LOCKS = {"form": 0x7E5_0001, "draw": 0x7E5_0002, "enrolment": 0x7E5_0003}


def one_at_a_time(what: str, key: int) -> None:
    """Let nobody else number, draw or make for this key until the transaction ends; SQLite has one writer anyway."""
    if not is_sqlite():
        db.session.execute(text("SELECT pg_advisory_xact_lock(:what, :key)"), {"what": LOCKS[what], "key": key})


def form(version_id: int, name: str) -> Form | None:
    """The form of a course version with this name."""
    return db.session.scalar(_FORM, {"version": version_id, "name": name})


def item_versions(items: Iterable[str], hashes: Iterable[str]) -> dict[tuple[str, str], int]:
    """The ids of those frozen items that are there already, by item and hash."""
    wanted = select(ItemVersion.item, ItemVersion.hash, ItemVersion.id).where(
        ItemVersion.item.in_(list(items)), ItemVersion.hash.in_(list(hashes))
    )
    return {(item, mark): key for item, mark, key in db.session.execute(wanted)}


def frozen_ids(sesi: Iterable[str]) -> list[str]:
    """The permanent ids of all items that were ever frozen in these sesi."""
    here = or_(*(ItemVersion.item.startswith(f"q-{one}-") for one in sesi), false())
    return list(db.session.scalars(select(ItemVersion.item).where(here).distinct()))


def bodies(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The bodies of these frozen items."""
    wanted = select(ItemVersion.id, ItemVersion.body).where(ItemVersion.id.in_(list(ids)))
    return {key: body for key, body in db.session.execute(wanted)}


def draw_of(person_id: int, angkatan_id: int | None, path_id: int | None = None) -> str | None:
    """The order that this person has drawn."""
    wanted, place = (_DRAWN_ON_PATH, path_id) if angkatan_id is None else (_DRAWN_HERE, angkatan_id)
    return db.session.scalar(wanted, {"person": person_id, "place": place})


def next_position(angkatan_id: int | None) -> int:
    """How many have drawn in this angkatan; None: on paths."""
    last = db.session.scalar(select(func.max(FormDraw.position)).where(FormDraw.angkatan_id == angkatan_id))
    return 0 if last is None else last + 1


def orders(angkatan_id: int) -> dict[int, str]:
    """The order of everybody who has drawn in this angkatan, by person."""
    wanted = select(FormDraw.person_id, FormDraw.form_order).where(FormDraw.angkatan_id == angkatan_id)
    return {person: order for person, order in db.session.execute(wanted)}


def anchors(form_id: int) -> set[str]:
    """The permanent ids of the items that a form shares with the other one."""
    wanted = select(ItemVersion.item).join(FormItem, FormItem.item_version_id == ItemVersion.id)
    return set(db.session.scalars(wanted.where(FormItem.form_id == form_id, FormItem.anchor.is_(True))))


def paper(form_id: int) -> Sequence[Any]:
    """The items of a form, in their order."""
    return db.session.execute(
        select(FormItem.item_version_id, ItemVersion.body)
        .join(ItemVersion, ItemVersion.id == FormItem.item_version_id)
        .where(FormItem.form_id == form_id)
        .order_by(FormItem.position)
    ).all()
