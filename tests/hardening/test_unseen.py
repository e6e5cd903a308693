"""The addresses that take something and that no page of the small world shows a form for, sent to directly."""

import json
from itertools import product

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import ImmutableMultiDict

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.web.request import Asked
from tests.access import table
from tests.access.world import NOON, World
from tests.architecture.source import ROOT

BY_PLUGIN = {
    "api": {"receive"},
    "assessment_class": {"rescore"},
    "assessment_late": {"decide"},
    "catalogue": {"approve", "autosave", "hand_in", "history", "order", "paste", "roll_back", "send_back", "undo"},
    "certificates": {"draw_rest"},
    "coaching": {"begin", "publish_template"},
    "delivery": {"finish", "keep_position"},
    "delivery_scenes": {"keep"},
    "enrolment": {
        "admit_next",
        "apply_roster",
        "exempt",
        "fill_timetable",
        "freeze",
        "join_live",
        "leave_queue",
        "mark_own",
        "put_back",
        "reopen_list",
        "type_number",
    },
    "evaluation": {"draft"},
    "fieldwork": {"add_photo", "apply_import", "cover", "import_faults", "sign", "withdraw_help"},
    "forum": {"keep", "unconfirm"},
    "identity": {
        "carry_out_erasure",
        "end_sessions",
        "reopen_account",
        "reset_code",
        "reset_seen",
        "revoke_session",
        "second",
        "second_phone",
        "sign_in_demo",
        "use_code",
    },
    "outcomes": {"create_release", "publish_release"},
    "progress": {"close", "decide", "decide_all", "version"},
    "uploads": {"photo"},
}
UNSEEN = {f"{plugin}.{view}" for plugin, views in BY_PLUGIN.items() for view in views}  # test_words.py holds it
ODD = json.loads((ROOT / "tests/data/words/odd.json").read_text("utf-8"))
SENT = {
    "nothing": None,
    "odd": " ".join(text for texts in ODD.values() for text in texts.values()),
    "beyond every number": "9" * 30,
    "beyond the numbers of a database": "3000000000",
    "no day": "2026-13-45",
}
BODIES = (b"null", b'"a"', b"1e309", b"[" * 200)
REFUSED = (302, 401, 403, 404)


class Anything(ImmutableMultiDict):
    """What a form was filled with by somebody who typed one text into every field there is, whatever its name."""

    def __init__(self, text: str | None) -> None:
        self.text = text
        super().__init__([] if text is None else [(name, text) for name in ("sent_id", "people", "id", "R1")])

    def __contains__(self, name: object) -> bool:
        return self.text is not None

    def __getitem__(self, name: str) -> str:
        return self.text if self.text is not None else super().__getitem__(name)

    def getlist(self, name: str, type=None) -> list:
        if self.text is None:
            return []
        try:
            return [type(self.text) if type else self.text] * 2
        except ValueError:
            return []


def filled(monkeypatch, text: str | None) -> None:
    """From now on every form that arrives is filled with this."""
    monkeypatch.setattr(Asked, "form", property(lambda _request: Anything(text)))


def unseen(world: World) -> list[tuple[table.Row, table.Rule]]:
    """Each of these addresses with its row in the table."""
    written = {(row.method, row.rule): row for row in table.rows()}
    ways = [(method, plain, rule) for method, plain, rule in table.routes(world.app) if method != "GET"]
    return [(written[method, plain], rule) for method, plain, rule in ways if rule.endpoint in UNSEEN]


def sent(world: World, row: table.Row, rule: table.Rule, key: tuple[str, str], **what: object) -> int:
    """The status that somebody gets."""
    answer = world.client(*key).open(table.address(world, row.rule, rule), method=row.method, **what)
    db.session.rollback()  # each request has a session of its own; here they share one
    return answer.status_code


def doers(row: table.Row) -> list[tuple[str, str]]:
    """Somebody whom the table lets in, or else the first whom it knows."""
    return [key for key, status in row.cells.items() if status not in REFUSED][:1] or [("pendamping", "own")]


def strangers(row: table.Row) -> list[tuple[str, str]]:
    """Those whom the table sends away: one of each reason, the same role elsewhere before another role."""
    turned_away = {row.cells[key]: key for key in reversed(row.cells) if row.cells[key] in REFUSED}
    return list(turned_away.values())


def amount() -> dict[str, int]:
    """How many rows each table has, and the audit too, which grows with every change."""
    return {kept.name: db.session.scalar(select(func.count()).select_from(kept)) for kept in db.metadata.sorted_tables}


@pytest.mark.slow(reason="sends every kind of odd text to fifty addresses, on each engine")
def test_an_address_without_a_form_survives_whatever_is_sent_to_it(each_world, monkeypatch):
    faults = []
    with clock.stopped(NOON), each_world.as_it_was():
        for (row, rule), what in product(unseen(each_world), SENT):
            filled(monkeypatch, SENT[what])
            faults += [(row.name, what, key) for key in doers(row) if sent(each_world, row, rule, key) >= 500]
    assert len(unseen(each_world)) == len(UNSEEN)
    assert faults == []


def test_an_address_without_a_form_survives_a_body_that_it_cannot_read(world):
    """As JSON, whatever the address expects."""
    faults = []
    with clock.stopped(NOON), world.as_it_was():
        for (row, rule), body in product(unseen(world), BODIES):
            about = {"data": body, "content_type": "application/json"}
            faults += [(row.name, body) for key in doers(row) if sent(world, row, rule, key, **about) >= 500]
    assert faults == []


def test_a_stranger_changes_nothing_whatever_is_sent(world, monkeypatch):
    """Who is sent away by the table is sent away with odd fields too, and not one row is written."""
    faults, before = [], amount()
    with clock.stopped(NOON):
        for row, rule in unseen(world):
            for text in (SENT["odd"], "1"):
                filled(monkeypatch, text)
                for key in strangers(row):
                    got = sent(world, row, rule, key)
                    faults += [(row.name, key, got)] * (got != row.cells[key])
    assert faults == []
    assert amount() == before
