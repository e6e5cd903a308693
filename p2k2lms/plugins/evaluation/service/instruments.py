"""Instruments: shipped, read, drafted question by question, tried, published."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from p2k2lms.core import clock, faults
from p2k2lms.core.access import SYSTEM, Actor, require
from p2k2lms.core.errors import Conflict, Fault, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue.values import InstrumentDef
from p2k2lms.plugins.evaluation.models import InstrumentVersion
from p2k2lms.plugins.evaluation.permissions import CHANGE_INSTRUMENT, READ_INSTRUMENT
from p2k2lms.plugins.evaluation.queries import instruments as read
from p2k2lms.plugins.evaluation.rules import versions as rules
from p2k2lms.plugins.evaluation.values import DRAFT, PUBLISHED, TRIED, ItemChange, VersionCard


@dataclass(frozen=True)
class InstrumentPage:
    """One instrument: its versions, newest first, how often each was answered, and what the draft changes."""

    versions: list[VersionCard]
    replies: dict[int, int]
    changes: list[ItemChange]

    @property
    def newest(self) -> VersionCard:
        """The version with the highest number."""
        return self.versions[0]

    @property
    def in_use(self) -> VersionCard | None:
        """The version that new waves ask."""
        return next((version for version in self.versions if version.state == PUBLISHED), None)


def ship(instruments: Mapping[str, InstrumentDef]) -> None:
    """Publish what comes with the product, where no version of it is there yet."""
    known = {row.code for row in read.all_versions()}
    for code, instrument in instruments.items():
        if code not in known:
            with unit_of_work("evaluation.ship_instrument", SYSTEM, f"instrument:{code}") as uow:
                row = _row(instrument, 1, PUBLISHED)
                row.published_at = clock.now()
                uow.add(row)


def instruments(actor: Actor) -> list[VersionCard]:
    """The newest version of each instrument."""
    require(actor, READ_INSTRUMENT)
    newest = {row.code: row for row in read.all_versions()}
    return [card(row) for row in newest.values()]


def instrument_page(actor: Actor, code: str) -> InstrumentPage:
    """Everything about one instrument; NotFound if there is none."""
    require(actor, READ_INSTRUMENT)
    found = [card(row) for row in read.versions_of(code)]
    if not found:
        raise NotFound("instrument")
    base = {version.id: version for version in found}.get(found[0].based_on or 0)
    changed = rules.changes(base.instrument, found[0].instrument) if base else []
    return InstrumentPage(found, read.replies_of_versions([version.id for version in found]), changed)


def version_card(version_id: int) -> VersionCard:
    """One version; for what is asked and for what was answered."""
    row = read.version(version_id)
    if row is None:
        raise NotFound("version")
    return card(row)


def askable() -> list[VersionCard]:
    """The versions that a new wave may ask: the published one of each instrument, and those in try-out."""
    return [card(row) for row in read.all_versions() if row.state in {PUBLISHED, TRIED}]


def titles() -> dict[str, str]:
    """What each instrument is called, by its code."""
    return {row.code: _read(row.body).title for row in read.all_versions()}


def draft(actor: Actor, code: str) -> VersionCard:
    """The draft of an instrument, made from its newest version if there is none."""
    require(actor, CHANGE_INSTRUMENT)
    with unit_of_work("evaluation.draft_instrument", actor, f"instrument:{code}") as uow:
        rows = read.versions_of(code)
        if not rows:
            raise NotFound("instrument")
        if rows[0].state == DRAFT:
            return card(rows[0])
        made = _row(_read(rows[0].body), rows[0].number + 1, DRAFT)
        made.based_on, made.author_id = rows[0].id, actor.id
        return card(uow.add(made))


def change_question(actor: Actor, code: str, question: str, said: Mapping[str, Any]) -> None:
    """Give a question of the draft other words, choices or limits; `said` holds the keys that change."""
    with unit_of_work("evaluation.change_question", actor, f"instrument:{code}"):
        row = _draft_row(actor, code)
        body = json.loads(row.body)
        place = _place(body, question)
        body["questions"][place] = _without_lost_tops({**body["questions"][place], **said})
        _keep(row, body, f"questions.{place}.")


def add_question(actor: Actor, code: str, said: Mapping[str, Any], after: str = "") -> None:
    """Put a new question into the draft, behind another one or at the end."""
    with unit_of_work("evaluation.add_question", actor, f"instrument:{code}"):
        row = _draft_row(actor, code)
        body = json.loads(row.body)
        place = _place(body, after) + 1 if after else len(body["questions"])
        body["questions"].insert(place, dict(said))
        _keep(row, body, f"questions.{place}.")


def remove_question(actor: Actor, code: str, question: str) -> None:
    """Take a question out of the draft; refused while another waits for its answer."""
    with unit_of_work("evaluation.remove_question", actor, f"instrument:{code}"):
        row = _draft_row(actor, code)
        body = json.loads(row.body)
        del body["questions"][_place(body, question)]
        _keep(row, body, "")


def discard(actor: Actor, code: str) -> None:
    """Throw the draft away."""
    with unit_of_work("evaluation.discard_draft", actor, f"instrument:{code}"):
        read.remove(_draft_row(actor, code))


def try_out(actor: Actor, code: str) -> VersionCard:
    """Freeze the draft so that a few people can try it."""
    with unit_of_work("evaluation.try_instrument", actor, f"instrument:{code}"):
        row = _draft_row(actor, code)
        must_change(row)
        row.state = TRIED
        return card(row)


def card(row: InstrumentVersion) -> VersionCard:
    """A version as pages and other use-cases see it."""
    plain = ("id", "code", "number", "state", "change_class", "based_on", "author_id", "created_at", "published_at")
    kept = {name: getattr(row, name) for name in (*plain, "note")}
    return VersionCard(instrument=_read(row.body), **kept)


@lru_cache(maxsize=64)
def _read(body: str) -> InstrumentDef:
    """An instrument from its text; read once, for a version never changes and every reply asks for it."""
    return InstrumentDef.model_validate_json(body)


def _row(instrument: InstrumentDef, number: int, state: str) -> InstrumentVersion:
    body = instrument.model_dump_json()
    return InstrumentVersion(code=instrument.code, number=number, state=state, body=body, sha256=_sha(body))


def _sha(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _draft_row(actor: Actor, code: str) -> InstrumentVersion:
    require(actor, CHANGE_INSTRUMENT)
    rows = read.versions_of(code)
    if not rows:
        raise NotFound("instrument")
    if rows[0].state != DRAFT:
        raise Conflict(_("Versi ini tidak berubah lagi. Buat draf baru."))
    return rows[0]


def must_change(row: InstrumentVersion, typo: bool = False) -> list[ItemChange]:
    """What a draft changes; Invalid where it changes nothing."""
    base = read.version(row.based_on) if row.based_on else None
    if base is None:
        return []
    before, after = (_read(body) for body in (base.body, row.body))
    if not (found := rules.changes(before, after, typo)):
        raise Invalid(_("Draf ini sama dengan versi sebelumnya."), "note")
    return found


def _without_lost_tops(question: dict[str, Any]) -> dict[str, Any]:
    """An answer that is no longer there cannot count as yes."""
    if "top" not in question:
        return question
    left = {choice["code"] for choice in question["choices"]}
    return {**question, "top": [code for code in question["top"] if code in left]}


def _place(body: dict[str, Any], code: str) -> int:
    place = next((n for n, question in enumerate(body["questions"]) if question["code"] == code), None)
    if place is None:
        raise NotFound("question")
    return place


def _keep(row: InstrumentVersion, body: dict[str, Any], prefix: str) -> None:
    """Take the changed body, or refuse it with each fault beside its field."""
    try:
        instrument = InstrumentDef.model_validate(body)
    except ValidationError as problem:
        found = [Fault(_field(f.field.removeprefix(prefix)), f.message) for f in faults.of(problem)]
        raise Invalid(found[0].message, found[0].field, found) from problem
    row.body = instrument.model_dump_json()
    row.sha256 = _sha(row.body)


def _field(path: str) -> str:
    """The field of the form that a fault belongs to: unions name their kind first."""
    parts = [part for part in path.split(".") if not part.isdigit()]
    return next((part for part in parts if part in FIELDS), "")


FIELDS = ("code", "ask", "hint", "period", "choices", "rows", "least", "most", "least_label", "most_label", "longest")
