"""Is this database a demo or a real one? Said once, at its birth, and never changed."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict
from p2k2lms.core.i18n import _
from p2k2lms.core.models import Nature
from p2k2lms.core.unit_of_work import unit_of_work


def is_demo() -> bool | None:
    """True for a demo, False for a real one, None before birth."""
    return db.session.scalar(select(Nature.demo).limit(1))


def filled() -> str:
    """What is wholly in since birth: the scale of the demo data, or `real`; empty until then."""
    return db.session.scalar(select(Nature.filled).limit(1)) or ""


def be_born(demo: bool) -> None:
    """Say what this database is; saying it again is harmless, saying the other thing is refused."""
    with unit_of_work("core.be_born"):
        said = is_demo()
        if said is None:
            db.session.add(Nature(id=1, demo=demo))
        elif said is not demo:
            raise Conflict(_("Basis data ini lahir sebagai demo.") if said else _("Basis data ini nyata, bukan demo."))


def note_filled(scale: str) -> None:
    """Demo data of this scale, or what a real database begins with, are wholly in."""
    with unit_of_work("core.note_filled", subject=scale):
        born = db.session.scalars(select(Nature)).one()
        born.filled = scale


def must_be_demo() -> None:
    """Refuse demo data in a real database."""
    if not is_demo():
        raise Conflict(_("Basis data ini nyata: data demo ditolak."))


def must_have_secret(config: Mapping[str, Any]) -> None:
    """Refuse to bring up or serve a database where no secret can be kept: nobody could sign in."""
    if not config["SECRET_KEY"]:
        folder = config["INSTANCE_DIR"]
        raise Conflict(_("Map %(folder)s tidak dapat ditulis atau dibaca. Setel P2K2_INSTANCE.", folder=folder))


def must_allow(config: Mapping[str, Any]) -> None:
    """Refuse to serve a demo database, whose passwords everybody knows, where strangers could reach it."""
    if not is_demo():
        return
    if config["ENV"] == "production":
        raise Conflict(_("Basis data demo tidak boleh dipakai dengan P2K2_ENV=production."))
    if not is_loopback(config["HOST"]) and not config["DEMO_PUBLIC"]:
        raise Conflict(_("Basis data demo hanya melayani 127.0.0.1; untuk HOST lain setel DEMO_PUBLIC=1."))


def is_loopback(host: str) -> bool:
    """True if only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
