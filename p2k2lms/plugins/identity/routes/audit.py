"""Who changed what: the audit, as far as the officer's units reach."""

from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import acts
from p2k2lms.core import audit as core_audit
from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.permissions import READ_AUDIT
from p2k2lms.plugins.identity.routes.blueprint import pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor
from p2k2lms.web.page import reading_zone

PAGE = 50
WHOSE: dict[str, tuple[Any, bool | None]] = {
    "petugas": (lazy("Perbuatan petugas"), True),
    "lapangan": (lazy("Kiriman dari lapangan dan tes"), False),
    "semua": (lazy("Semua"), None),
}


@pages.get("/kelola/audit")
@requires(READ_AUDIT)
def audit() -> ResponseReturnValue:
    asked = {name: request.args.get(name, "")[:100].strip() for name in ("siapa", "bagian", "nama", "dari", "sampai")}
    before = request.args.get("sebelum", type=int)
    wanted = _wanted(asked)
    part = core_audit.portion(before, wanted)
    lines = core_audit.lines(current_actor().paths("admin"), part.before, PAGE + 1, wanted, part.lowest)
    names = service.people({line.actor_id for line in lines if line.actor_id is not None})
    filled: dict[str, Any] = {name: value for name, value in asked.items() if value}
    last = lines[PAGE - 1].id if len(lines) > PAGE else part.lowest if part.more else None
    later = url_for("identity.audit", **filled, sebelum=last) if last else ""
    about = {"names": names, "later": later, "act_in_words": acts.in_words, "asked": asked, "filled": filled}
    return render_template("identity/audit.html", lines=lines[:PAGE], whose=WHOSE, areas=acts.areas(), **about)


def _wanted(asked: dict[str, str]) -> core_audit.Wanted:
    """What the form asks for; a word that it does not offer asks for nothing."""
    return core_audit.Wanted(
        officers=WHOSE.get(asked["siapa"], WHOSE["petugas"])[1],
        area=asked["bagian"] if asked["bagian"] in acts.areas() else "",
        actor_ids=service.ids_named(asked["nama"]) if asked["nama"] else None,
        since=_day(asked["dari"]),
        until=_day(asked["sampai"]),
        zone=reading_zone(),
    )


def _day(text: str) -> date | None:
    """The day that was chosen; one without a day after it is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date.min < day < date.max else None
