"""Odd words that stand in the database, on the pages that show them: as a small phone draws them, they are words."""

import json
from collections.abc import Callable, Iterator
from itertools import cycle, product

import pytest
from playwright.sync_api import Page
from sqlalchemy import String, Table, select, update
from sqlalchemy.exc import DBAPIError

from p2k2lms.core.db import db
from tests import databases
from tests.access import table
from tests.access.world import World, build, known_at_the_door
from tests.architecture.source import ROOT
from tests.factories.fieldwork import a_group
from tests.factories.forum import a_question
from tests.factories.identity import someone
from tests.journeys.conftest import PATIENCE, PHONE

ODD = json.loads((ROOT / "tests/data/words/odd.json").read_text("utf-8"))
LONG = {"long": "Panjangsekali" * 9, "wide": "W" * 117, "long from right to left": "\u0627\u0644\u0628" * 39}
TEXTS = {**ODD["markup"], **ODD["writing"], **ODD["signs"], **LONG}
SAID = [text.replace("\x00", "") for text in TEXTS.values()]
FREE = {
    *("name", "name_on_certificate", "birth_place", "rank", "title", "angkatan_name", "place", "place_title", "note"),
    *("text", "tip", "topic", "outcome", "reflection", "evidence", "administrative", "educative", "supportive"),
    *("reason", "end_reason", "cancel_reason", "skip_reason", "count_note", "remark", "how", "comment", "what", "data"),
    *("snooze_reason", "device_label", "letter_number"),
}
NOT_TYPED = ("catalogue_", "core_", "assessment_item", "assessment_form", "indicators_")
SHORTEST = 60  # shorter columns hold words of the platform's own
PAGES = {  # how many of the texts can be read there, at least
    "visitor": {"/cek/<code>": 1},
    "pendamping": {
        "/": 1,
        "/lapangan": 18,
        "/lapangan/<group_id>": 1,
        "/lapangan/pertemuan/<meeting_id>": 1,
        "/tanya/<thread_id>": 1,
    },
    "supervisor": {
        "/orang": 1,
        "/orang/<person_id>": 1,
        "/orang/<person_id>/bimbingan": 1,
        "/orang/<person_id>/hasil": 1,
        "/bimbingan/jalur/<path_id>": 1,
        "/bimbingan/amatan/<sheet_id>": 1,
    },
    "koordinator": {"/lapangan/serah/<hand_over_id>": 1},
    "widyaiswara": {
        "/angkatan": 1,
        "/angkatan/<angkatan_id>/peserta": 18,
        "/angkatan/<angkatan_id>/nilai": 1,
        "/tanya": 18,
    },
    "admin": {
        "/kelola/orang": 18,
        "/kelola/orang/<person_id>/ubah": 1,
        "/kelola/insiden": 1,
        "/kelola/perbaikan": 1,
    },
}
PLANTED = """() => [...document.querySelectorAll(
  'img[src=x], [onload], [onerror], [onfocus], [autofocus][x], a[href^="javascript:"], script:not([src])')]
  .map(node => node.outerHTML.slice(0, 160))"""
SHOWN = "() => document.body.innerText + [...document.querySelectorAll('input, textarea')].map(one => one.value)"


def as_read(text: str) -> str:
    """A text without what a page may change: large letters in a name, spaces, ends of lines."""
    return " ".join(text.casefold().split())


def typed(kept: Table) -> Iterator[str]:
    """The columns of a table into which people write what they like."""
    for column in kept.columns:
        if column.name in FREE and isinstance(column.type, String) and (column.type.length or 999) >= SHORTEST:
            yield column.name


def write_over() -> set[str]:
    """Every free text of the world becomes an odd one, each the next; returns the columns that took them.

    What is odd already stays: the ids of many rows are drawn, so their order is another each time, and a page that
    shows twenty of them would show now all texts and now some of them twice.
    """
    taken, texts, odd = set[str](), cycle(SAID), {text[:60] for text in SAID}
    for kept in db.metadata.sorted_tables:
        names = [] if kept.name.startswith(NOT_TYPED) else list(typed(kept))
        keys = list(kept.primary_key.columns)
        for name, key in product(names, db.session.execute(select(*keys)).all() if names else ()):
            same = [column == value for column, value in zip(keys, key, strict=True)]
            if (db.session.scalar(select(kept.columns[name]).where(*same)) or "")[:60] in odd:
                taken.add(f"{kept.name}.{name}")
                continue
            try:
                with db.session.begin_nested():
                    text = next(texts)[: kept.columns[name].type.length]
                    db.session.execute(update(kept).where(*same).values({name: text}))
                taken.add(f"{kept.name}.{name}")
            except DBAPIError:  # some rows may only be added, some hold a text only together with something else
                continue
    db.session.commit()
    return taken


@pytest.fixture(scope="module")
def odd_world(tmp_path_factory) -> Iterator[World]:
    """The small world of `tests/access` with more people, groups and questions, all of odd words."""
    folder = tmp_path_factory.mktemp("words")
    app = databases.migrated_app(folder, f"sqlite:///{folder}/words.db")
    with app.app_context():
        world = build(app)
        for text in SAID:
            someone("pendamping", "62.03", name=text[:120])
            a_group(world.person("pendamping"), name=text[:60], place=text[:120])
            a_question(world.actor("pendamping"), place=f"angkatan:{world.ids['angkatan_id']}", text=text)
        world.ids["taken"] = write_over()
    with known_at_the_door(world):
        yield world
    databases.close(app)


@pytest.fixture(scope="module")
def live_app(odd_world):
    return odd_world.app


@pytest.fixture
def signed_in(odd_world, chromium, address) -> Iterator[Callable[[str], Page]]:
    """`signed_in(role)`: a page of a phone in the hands of this role."""
    context = chromium.new_context(base_url=address, viewport=PHONE, locale="id-ID")
    context.set_default_timeout(PATIENCE)

    def page(role: str) -> Page:
        if role != "visitor":
            kept = odd_world.client(role, "own").get_cookie("session")
            context.add_cookies([{"name": "session", "value": kept.value, "url": address}])
        return context.new_page()

    yield page
    context.close()


@pytest.mark.slow(reason="a browser opens the main pages of every role")
@pytest.mark.parametrize("role", PAGES)
def test_odd_words_in_the_database_are_words_on_the_page(role, odd_world, signed_in, accessible):
    """No script runs, no tag or attribute comes of them, nothing runs out at the side, and axe finds nothing."""
    rules = {table.plain(rule): rule for method, _plain, rule in table.routes(odd_world.app) if method == "GET"}
    told, page = list[str](), signed_in(role)
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    for plain, seen in PAGES[role].items():
        where = table.address(odd_world, plain, rules[plain])
        assert page.goto(where).status == 200, where
        assert page.evaluate("window.ran") is None, where
        assert page.evaluate(PLANTED) == [], where
        shown = as_read(page.evaluate(SHOWN))
        assert sum(as_read(text)[:40].strip() in shown for text in SAID) >= seen, where
        accessible(page)
    assert told == []


def test_a_page_that_forgot_to_escape_would_be_noticed(chromium):
    page = chromium.new_page()
    page.set_content(f"<p>{ODD['markup']['script']}{ODD['markup']['a link']}<img {ODD['markup']['quotes alone'][1:]}'>")
    assert page.evaluate("window.ran") == 1
    assert len(page.evaluate(PLANTED)) == 3
    page.close()
