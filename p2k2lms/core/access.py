"""Who may do what: plugins declare permissions, services and routes ask here."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from p2k2lms.core.errors import NotAllowed, NotFound

ANYONE = "*"  # a role that every signed-in person has


@dataclass(frozen=True)
class Posting:
    """A role held today in one unit; `unit_path` ends with a slash, so that a prefix is an ancestor."""

    role: str
    unit_id: int
    unit_path: str


@dataclass(frozen=True)
class Actor:
    """Who acts: built once per request; `id` is None for a visitor; `read_only` may look but not change.

    `closed`: the account was closed while its phone still had work; it may leave that work, which is held, and no more.
    """

    id: int | None = None
    name: str = ""
    postings: tuple[Posting, ...] = ()
    read_only: bool = False
    closed: bool = False

    @property
    def roles(self) -> frozenset[str]:
        held = {p.role for p in self.postings}
        return frozenset(held | {ANYONE}) if self.id is not None else frozenset()

    def paths(self, *roles: str) -> tuple[str, ...]:
        """The unit paths in which one of these roles is held."""
        return tuple(p.unit_path for p in self.postings if p.role in roles)

    def acting_as(self, roles: frozenset[str]) -> "Actor":
        """The same person with the postings of these roles alone."""
        return replace(self, postings=tuple(p for p in self.postings if p.role in roles))


VISITOR = Actor()
SYSTEM = Actor(name="system")
Scope = Callable[[Actor, Any], bool]


def anything(actor: Actor, subject: Any) -> bool:
    """The scope without a limit."""
    return True


@dataclass(frozen=True)
class Grant:
    """One line of a permission: these roles, over the things that the scope takes in."""

    roles: frozenset[str]
    scope: Scope = anything


@dataclass(frozen=True)
class Permission:
    """What may be done, named `<plugin>.<verb>_<noun>`, with who may do it to what."""

    name: str
    grants: tuple[Grant, ...]

    @property
    def roles(self) -> frozenset[str]:
        return frozenset().union(*(g.roles for g in self.grants))


def permission(name: str, *grants: tuple[str, Scope]) -> Permission:
    """`permission("progress.list_people", ("widyaiswara panitia", in_angkatan), ("admin", in_unit))`."""
    return Permission(name, tuple(Grant(frozenset(roles.split()), scope) for roles, scope in grants))


def has_role(actor: Actor, wanted: Permission) -> bool:
    """True if some role of the actor has the permission over something."""
    return bool(actor.roles & wanted.roles)


def allowed(actor: Actor, wanted: Permission, subject: Any) -> bool:
    """True if one grant gives the permission over this very thing.

    The scope of a grant sees only the postings of the grant's roles: who is admin in one kabupaten and
    pendamping in another is admin in the first alone. A grant to ANYONE sees all postings.
    """
    return any(
        grant.scope(actor if ANYONE in grant.roles else actor.acting_as(grant.roles), subject)
        for grant in wanted.grants
        if actor.roles & grant.roles
    )


_allowed_by: ContextVar[tuple[Actor, Posting] | None] = ContextVar("allowed_by", default=None)


def acting(actor: Actor) -> tuple[str, str]:
    """The role and the unit path in which this actor was last allowed something; for the audit.

    Who holds one posting acts in it. What everybody may do for himself is told of all roles, at the first unit.
    """
    noted = _allowed_by.get()
    held = (noted[1],) if noted and noted[0] is actor else actor.postings
    return " ".join(sorted({p.role for p in held})), held[0].unit_path if held else ""


def _note(actor: Actor, wanted: Permission, subject: Any) -> None:
    """Keep by which posting this was allowed; who has only one needs no note."""
    if len(actor.postings) < 2:
        return
    found = (
        posting
        for grant in wanted.grants
        for posting in actor.postings
        if posting.role in grant.roles
        and (subject is None or grant.scope(replace(actor, postings=(posting,)), subject))
    )
    by = next(found, None)
    _allowed_by.set((actor, by) if by else None)


def require(actor: Actor, wanted: Permission, subject: Any = None) -> None:
    """Refuse the wrong role openly (403); let what is out of scope look absent (404)."""
    if not has_role(actor, wanted):
        raise NotAllowed(wanted.name)
    if subject is not None and not allowed(actor, wanted, subject):
        raise NotFound(wanted.name)
    _note(actor, wanted, subject)
