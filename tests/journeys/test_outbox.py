"""What a phone sends is kept until its receipt, counted once, and never called sent before."""

import json
import re
from typing import Any

import pytest
from flask import Blueprint, render_template_string, request, session
from playwright.sync_api import Page, expect
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select

from p2k2lms.core.access import Actor
from p2k2lms.core.db import db
from p2k2lms.core.errors import Invalid
from p2k2lms.core.models import Photo, Submission
from p2k2lms.core.submissions import SubmissionKind
from p2k2lms.plugins.identity.routes.arriving import DOORS_OF_WORK
from p2k2lms.web.access import public
from p2k2lms.web.login import SignedIn, manager
from tests import databases
from tests.journeys.test_offline import settled

FORM = """{% extends "layout/page.html" %}{% import "layout/macros.html" as ui %}
{% block title %}Uji{% endblock %}{% block main %}<h1>Uji</h1>
<form method="post" action="/uji" data-kirim="test.note" data-slot="uji">{{ ui.token() }}
<div class="field"><label for="t">Catatan</label><input class="in" id="t" name="text" value="baik"></div>
<input type="hidden" name="number" value="7" data-as="int">{{ ui.button("Simpan catatan") }}{{ ui.saved() }}</form>
<p data-unsent hidden><b data-n></b> kiriman belum terkirim</p>{% endblock %}"""
QUESTION = """{% extends "layout/page.html" %}{% import "layout/macros.html" as ui %}
{% block title %}Soal{% endblock %}{% block main %}<h1>Soal</h1>
<form id="soal" method="post" action="/uji" data-kirim="test.choice" data-on="change" data-next="/uji">{{ ui.token() }}
<fieldset class="stack"><legend class="q">Mana yang benar?</legend>
{{ ui.option("picked", "a", "Satu", type="checkbox", id="a", as="list") }}
{{ ui.option("picked", "b", "Dua", type="checkbox", id="b", as="list") }}</fieldset>
<label><input type="checkbox" name="doubtful" id="ragu" data-as="bool"> Ragu</label>
<input type="hidden" name="sent_id" value="x">{{ ui.saved() }}</form>
<button class="btn main" form="soal" name="go" value="next" data-as="skip">Lanjut</button>{% endblock %}"""
KIRIMAN = "**/api/v1/kiriman"


class Note(BaseModel):
    text: str
    number: int


class Choice(BaseModel):
    model_config = ConfigDict(extra="forbid")

    picked: list[str]
    doubtful: bool


def write_note(actor: Any, sent: Any, note: Note) -> list[str]:
    if note.text == "salah":
        raise Invalid("Kata ini tidak dapat diterima.", "text")
    if note.text in BROKEN:
        raise LookupError("a fault of ours")
    return []


BROKEN: set[str] = set()


@pytest.fixture
def broken():
    """Words that break the server."""
    yield BROKEN
    BROKEN.clear()


pages = Blueprint("uji", __name__)


@pages.route("/uji", methods=["GET", "POST"])
@public
def note_page() -> str:
    return f"diterima tanpa skrip: {request.form['text']}" if request.method == "POST" else render_template_string(FORM)


@pages.get("/uji/soal")
@public
def question_page() -> str:
    return render_template_string(QUESTION)


@pages.get("/uji/masuk/<int:person>")
@public
def enter(person: int) -> str:
    session["_user_id"] = str(person)
    return "masuk"


@pages.get("/uji/keluar")
@public
def leave() -> str:
    session.clear()
    return "keluar"


@pytest.fixture(scope="module")
def live_app(tmp_path_factory):
    """The platform with one page and one submission kind for this proof, and a sign-in without password."""
    folder = tmp_path_factory.mktemp("outbox")
    app = databases.migrated_app(folder, f"sqlite:///{folder}/outbox.db")
    app.register_blueprint(pages)
    app.extensions["submission_kinds"]["test.note"] = SubmissionKind(
        "test.note", {1: Note}, write_note, title="Catatan"
    )
    app.extensions["submission_kinds"]["test.choice"] = SubmissionKind("test.choice", {1: Choice}, lambda *_: [])
    loader = manager._user_callback
    manager.user_loader(known)
    yield app
    manager._user_callback = loader
    databases.close(app)


CLOSED: set[int] = set()


def known(token: str) -> SignedIn | None:
    """Whoever the page above let in; whose account was closed is known at the doors of work alone."""
    closed = int(token) in CLOSED
    if closed and request.endpoint not in DOORS_OF_WORK:
        return None
    return SignedIn(token, Actor(int(token), "Norhayati", closed=closed), "HP uji")


@pytest.fixture
def closed():
    """Numbers of those whose accounts are closed."""
    yield CLOSED
    CLOSED.clear()


@pytest.fixture
def stored(live_app):
    """`stored()`: what stands in the journal, in the order of its coming."""

    def rows() -> list[Submission]:
        with live_app.app_context():
            return list(db.session.scalars(select(Submission).order_by(Submission.key)))

    return rows


def open_form(page: Page, person: int = 1) -> Page:
    page.goto(f"/uji/masuk/{person}")
    page.goto("/uji")
    expect(page.locator("body")).to_have_attribute("data-store", "ready")
    return page


def save(page: Page, text: str = "baik") -> None:
    page.fill("#t", text)
    page.click("text=Simpan catatan")


def chip(page: Page):
    return page.locator("[data-sync]")


def line(page: Page):
    return page.locator("[data-saved]")


def test_with_signal_the_receipt_follows_at_once(page, stored, accessible):
    save(open_form(page))
    expect(line(page)).to_contain_text("Tersimpan di HP")
    expect(line(page)).to_contain_text("Terkirim")
    expect(chip(page)).to_contain_text("Terkirim")
    (row,) = stored()
    assert (row.status, row.kind, row.person_id) == ("accepted", "test.note", 1)
    assert '"text":"baik"' in row.raw.replace(" ", "")
    assert '"number":7' in row.raw.replace(" ", "")
    accessible(page)


def test_without_signal_it_waits_on_the_phone_and_leaves_by_itself(page, stored, accessible):
    open_form(page)
    page.context.set_offline(True)
    for text in ("satu", "dua", "tiga"):
        save(page, text)
    expect(line(page)).to_contain_text("menunggu sinyal")
    expect(chip(page)).to_have_text("3 menunggu")
    expect(page.locator("[data-unsent]")).to_contain_text("3 kiriman")
    accessible(page)
    assert stored() == []
    page.context.set_offline(False)
    expect(chip(page)).to_contain_text("Terkirim")
    rows = stored()
    assert [row.status for row in rows] == ["accepted"] * 3
    assert [row.seq for row in rows] == sorted(row.seq for row in rows)
    assert len({row.device for row in rows}) == 1


def test_whose_account_was_closed_leaves_what_lies_on_the_phone_and_takes_it_up_when_it_is_open(page, stored, closed):
    open_form(page, person=5)
    page.route(KIRIMAN, lambda route: route.abort())
    for text in ("satu", "dua"):
        save(page, text)
    expect(chip(page)).to_have_text("2 menunggu")
    closed.add(5)
    page.unroute(KIRIMAN)
    with page.expect_response(KIRIMAN):
        page.goto("/akun")
    assert page.url.partition("?")[0].endswith("/masuk")
    assert [(row.status, row.person_id) for row in stored()] == [("held", 5)] * 2
    closed.clear()
    with page.expect_response(KIRIMAN):
        open_form(page, person=5)
    expect(chip(page)).to_contain_text("Terkirim")
    assert [row.status for row in stored()] == ["accepted"] * 2


TAKE = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 30 });
  canvas.getContext("2d").fillRect(0, 0, 40, 30);
  const file = await new Promise((yes) => canvas.toBlob(yes, "image/jpeg"));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  const photo = [...hash].map((n) => n.toString(16).padStart(2, "0")).join("");
  await outbox.put("test.note", { text: "bergambar", photo }, { file });
}"""


def test_whose_account_was_closed_leaves_photos_and_what_they_belong_to(page, live_app, stored, closed):
    open_form(page, person=6)
    page.route("**/api/v1/**", lambda route: route.abort())
    page.evaluate(TAKE)
    closed.add(6)
    page.unroute("**/api/v1/**")
    with page.expect_response(KIRIMAN):
        page.goto("/akun")
    [row] = [row for row in stored() if row.person_id == 6]
    with live_app.app_context():
        [sha] = db.session.scalars(select(Photo.sha).where(Photo.person_id == 6))
    assert (row.status, sha in row.raw) == ("held", True)


def test_what_is_still_held_is_asked_for_once_on_each_new_page(page, closed):
    open_form(page, person=6)
    closed.add(6)
    save(page)
    expect(line(page)).to_contain_text("Ditahan petugas")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/kiriman" in request.url else None)
    with page.expect_response(KIRIMAN):
        page.goto("/masuk")
    page.wait_for_load_state("networkidle")
    assert len(asked) == 1


def test_a_stranger_at_the_door_gets_no_script(page):
    page.goto("/masuk")
    expect(page.get_by_role("heading", name="Masuk")).to_be_visible()
    assert page.locator("script").count() == 0


def test_it_survives_that_the_page_is_closed(page, stored):
    open_form(page)
    page.context.set_offline(True)
    save(page)
    expect(chip(page)).to_have_text("1 menunggu")
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto("/uji")
    expect(line(again)).to_contain_text("Terkirim")
    assert len(stored()) == 1


def test_an_answer_that_is_lost_on_the_way_is_not_called_sent_and_not_counted_twice(page, stored):
    open_form(page)
    lost: list[int] = []

    def lose_first(route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)
            route.abort()

    page.route(KIRIMAN, lose_first)
    save(page)
    expect(chip(page)).to_have_text("1 menunggu")
    assert "Terkirim" not in line(page).inner_text()
    expect(line(page)).to_contain_text("Terkirim")
    assert lost == [200]
    assert [row.status for row in stored()] == ["accepted"]


@pytest.mark.parametrize("status", [500, 503, 429, 502])
def test_a_server_in_trouble_is_asked_again(page, stored, status):
    open_form(page)
    page.route(KIRIMAN, lambda route: route.fulfill(status=status, body="<html>"), times=1)
    save(page)
    expect(line(page)).to_contain_text("Terkirim")
    assert len(stored()) == 1


def test_what_the_server_leaves_unanswered_stops_nothing_else_and_leaves_when_it_can(page, stored, broken):
    """Not what was kept after it, not a photo; and the server is not asked before it said."""
    page.add_init_script(PACE)
    broken.add("rusak")
    open_form(page)
    page.route("**/api/v1/foto/*", lambda route: route.fulfill(status=200, json={}))
    page.context.set_offline(True)
    for text in ("rusak", "satu", "dua"):
        save(page, text)
    page.evaluate("outbox.put('test.note', {text: 'foto', number: 1, photo: 'abc'}, {file: new Blob(['x'])})")
    page.evaluate("waits.length = 0")
    page.context.set_offline(False)
    settled(page, "waits.filter((ms) => ms === 60000).length >= 3")
    assert [payload["text"] for payload in payloads(stored())] == ["satu", "dua", "foto"]
    assert [entry["state"] for entry in page.evaluate("outbox.all()")] == ["wait"]
    expect(chip(page)).to_have_text("1 menunggu")
    broken.clear()
    page.evaluate("outbox.send()")
    expect(chip(page)).to_contain_text("Terkirim")
    assert [payload["text"] for payload in payloads(stored())] == ["satu", "dua", "foto", "rusak"]


FOLLOWING = """async () => {
  const kind = "test.note", said = (text, more) => ({ text, number: 1, ...more });
  const photo = (of, name) => ({ kind, payload: said("foto " + name, { of, photo: name }), file: new Blob([name]) });
  const put = (made) => outbox.put(kind, made.payload, { file: made.file });
  const report = await outbox.put(kind, said("rusak"), { also: (id) => [photo(id, "abc")] });
  const [, mine] = await outbox.all();
  await put({ payload: said("koreksi", { corrects: report.id }) });
  await put(photo(mine.id, "def"));
  await put(photo("", "lain"));
}"""


def test_what_speaks_of_something_unanswered_waits_with_it_and_its_photo_stays_on_the_phone(page, stored, broken):
    page.add_init_script(PACE)
    broken.add("rusak")
    open_form(page)
    went: list[str] = []
    page.route("**/api/v1/foto/*", lambda route: (went.append(route.request.url[-3:]), route.fulfill(json={})))
    page.context.set_offline(True)
    page.evaluate(FOLLOWING)
    page.evaluate("waits.length = 0")
    page.context.set_offline(False)
    settled(page, "waits.filter((ms) => ms === 60000).length >= 3")
    assert (went, [payload["text"] for payload in payloads(stored())]) == (["ain"], ["foto lain"])
    left = page.evaluate("outbox.all().then((rows) => rows.map((e) => [e.state, e.envelope.payload.text, !!e.file]))")
    assert left == [
        ["wait", "rusak", False],
        ["wait", "foto abc", True],
        ["wait", "koreksi", False],
        ["wait", "foto def", True],
    ]
    broken.clear()
    page.evaluate("outbox.send()")
    expect(chip(page)).to_contain_text("Terkirim")
    assert [payload["text"] for payload in payloads(stored())][1:] == ["rusak", "koreksi", "foto abc", "foto def"]
    assert went == ["ain", "abc", "def"]


def test_an_id_that_is_taken_is_told_in_words(page, stored):
    open_form(page)
    taken = {"id": "", "status": "rejected", "receipt": "", "received_at": None, "flags": []}
    faults = [{"field": "id", "message": "id_conflict"}]

    def answer(route) -> None:
        [sent] = route.request.post_data_json["kiriman"]
        route.fulfill(json={"jawaban": [{**taken, "id": sent["id"], "faults": faults}]})

    page.route(KIRIMAN, answer)
    save(page)
    expect(line(page)).to_contain_text("Nomor kiriman ini sudah terpakai.")
    page.goto("/kiriman")
    expect(page.locator("[data-list] .err")).to_have_text("Nomor kiriman ini sudah terpakai. Isi lagi di halamannya.")


PACE = """(() => {
  const real = self.setTimeout; self.waits = []; self.lot = [0, 0.5, 0.999999]; let turn = 0;
  Math.random = () => self.lot[turn++ % self.lot.length];
  self.setTimeout = (work, ms, ...rest) => {
    if (!/^(async )?function send|^\\(\\) => send/.test(String(work))) return real(work, ms, ...rest);
    self.waits.push(ms); return self.waits.length < 15 ? real(work, 0) : 0;
  };
})()"""


def test_tries_come_further_and_further_apart_never_at_one_beat_and_at_most_five_minutes(page, stored):
    page.add_init_script(PACE)
    open_form(page)
    page.route(KIRIMAN, lambda route: route.fulfill(status=503, body=""))
    save(page)
    settled(page, "waits.length === 15")
    waits, lots = page.evaluate("waits"), (0, 0.5, 0.999999)
    steps = [min(300_000, 1000 * 2 ** min(n, 9)) for n in range(1, 16)]
    assert waits == pytest.approx([step * (0.5 + lots[n % 3] / 2) for n, step in enumerate(steps)])
    assert max(waits) < 300_000
    expect(line(page)).not_to_contain_text("Terkirim")
    assert stored() == []
    page.unroute(KIRIMAN)
    page.evaluate("outbox.send()")
    expect(line(page)).to_contain_text("Terkirim")


def test_a_server_that_says_when_is_not_asked_before(page, stored):
    page.add_init_script(PACE.replace("< 15", "< 1"))
    open_form(page)
    page.route(KIRIMAN, lambda route: route.fulfill(status=429, headers={"Retry-After": "90"}, body=""))
    save(page)
    settled(page, "waits.length === 1")
    assert page.evaluate("waits") == [90_000]


def test_after_the_session_ended_everything_is_kept_until_the_next_sign_in(page, stored):
    open_form(page)
    other = page.context.new_page()
    other.goto("/uji/keluar")
    save(page)
    expect(chip(page)).to_have_text("Masuk lagi untuk mengirim")
    assert stored() == []
    other.goto("/uji/masuk/1")
    other.goto("/uji")
    expect(chip(other)).to_contain_text("Terkirim")
    assert [row.status for row in stored()] == ["accepted"]


def test_what_another_person_left_on_this_phone_is_kept_and_not_sent(page, stored):
    open_form(page, person=1)
    page.context.set_offline(True)
    save(page, "milik orang 1")
    expect(chip(page)).to_have_text("1 menunggu")
    page.route(KIRIMAN, lambda route: route.abort())
    page.context.set_offline(False)
    open_form(page, person=2)
    page.unroute(KIRIMAN)
    save(page, "milik orang 2")
    expect(line(page)).to_contain_text("Terkirim")
    assert [(row.person_id, row.status) for row in stored()] == [(2, "accepted")]
    page.goto("/kiriman")
    expect(page.locator("[data-others]")).to_have_text("1 milik akun lain")
    open_form(page, person=1)
    expect(chip(page)).to_contain_text("Terkirim")
    assert [(row.person_id, row.status) for row in stored()] == [(2, "accepted"), (1, "accepted")]


def test_a_page_of_person_one_sends_nothing_in_the_session_of_person_two(page, stored):
    open_form(page, person=1)
    page.context.new_page().goto("/uji/masuk/2")
    save(page)
    expect(chip(page)).to_have_text("Masuk lagi untuk mengirim")
    assert stored() == []


def test_what_was_rejected_says_why_and_stays_until_the_person_lets_it_go(page, stored, accessible):
    save(open_form(page), "salah")
    expect(line(page)).to_contain_text("Kata ini tidak dapat diterima.")
    expect(chip(page)).to_have_text("Perlu diperbaiki")
    page.goto("/kiriman")
    waiting = page.locator("[data-list]")
    expect(waiting).to_contain_text("Catatan")
    expect(waiting).to_contain_text("Kata ini tidak dapat diterima.")
    expect(waiting.locator("a")).to_have_attribute("href", re.compile("^/uji#perbaiki="))
    accessible(page)
    waiting.locator("button").click()
    expect(page.locator("[data-outbox]")).to_be_hidden()
    assert [row.status for row in stored()] == ["rejected"]


def test_what_another_tab_has_sent_is_not_called_waiting(page, stored):
    open_form(page)
    page.route(KIRIMAN, lambda route: route.abort())
    save(page)
    expect(line(page)).to_contain_text("menunggu sinyal")
    other = page.context.new_page()
    other.goto("/uji")
    expect(line(page)).to_contain_text("Terkirim")
    assert len(stored()) == 1


def test_the_page_of_what_was_sent_names_each_state_and_leads_to_the_field_that_is_wrong(page, stored, accessible):
    open_form(page)
    sent = page.context.new_page()
    sent.goto("/kiriman")
    expect(sent.locator("body")).to_have_attribute("data-store", "ready")
    page.context.set_offline(True)
    for text in ("baik", "salah"):
        save(page, text)
    expect(sent.locator("[data-state=wait] h3")).to_have_text("Belum dikirim (2)")
    held: list[Any] = []
    cut: list[bool] = []

    def hold(route) -> None:
        if cut:
            route.abort()
        else:
            held.append(route)

    for tab in (page, sent):
        tab.route(KIRIMAN, hold)
    page.context.set_offline(False)
    expect(sent.locator("[data-state=sending] h3")).to_have_text("Sedang dikirim (2)")
    cut.append(True)  # from here on nothing gets through, and no next try is held either
    for route in held:
        route.abort()
    expect(sent.locator("[data-state=wait] h3")).to_have_text("Belum dikirim (2)")
    for tab in (page, sent):
        tab.unroute(KIRIMAN)
    sent.get_by_role("button", name="Coba kirim").click()
    expect(sent.locator("[data-state=bad] h3")).to_have_text("Perlu perbaikan (1)")
    expect(sent.locator("[data-state=done]")).to_contain_text(re.compile(r"Diterima server \d\d\.\d\d · resi K-"))
    expect(sent.locator("[data-count=bad]")).to_have_text("1")
    accessible(sent)
    sent.get_by_role("link", name="Buka dan perbaiki").click()
    field = sent.get_by_label("Catatan")
    expect(field).to_have_value("salah")
    expect(field).to_be_focused()
    expect(sent.locator(".field .err")).to_have_text("Kata ini tidak dapat diterima.")
    accessible(sent)
    save(sent, "benar")
    expect(line(sent)).to_contain_text("Terkirim")
    assert [(row.status, payload["text"]) for row, payload in zip(stored(), payloads(stored()), strict=True)] == [
        ("accepted", "baik"),
        ("rejected", "salah"),
        ("accepted", "benar"),
    ]
    assert sent.evaluate("outbox.all()") == []


def test_two_tabs_send_each_thing_once(page, stored):
    other = page.context.new_page()
    open_form(page)
    open_form(other)
    page.context.set_offline(True)
    put = "Promise.all([...Array(30).keys()].map((n) => outbox.put('test.note', {text: String(n), number: n})))"
    page.evaluate(put)
    other.evaluate(put)
    expect(chip(page)).to_have_text("60 menunggu")
    page.context.set_offline(False)
    expect(chip(page)).to_contain_text("Terkirim")
    expect(chip(other)).to_contain_text("Terkirim")
    rows = stored()
    assert [row.status for row in rows] == ["accepted"] * 60
    assert [row.seq for row in rows] == list(range(1, 61))


def test_one_thing_too_large_does_not_hold_up_the_others(page, stored):
    open_form(page)
    page.context.set_offline(True)
    for size in (5, 2_300_000, 5):
        page.evaluate("(n) => outbox.put('test.note', {text: 'a'.repeat(n), number: 1})", size)
    page.context.set_offline(False)
    expect(chip(page)).to_have_text("Perlu diperbaiki")
    page.goto("/kiriman")
    expect(page.locator("[data-list] .list > div")).to_have_count(1)
    assert [row.status for row in stored()] == ["accepted", "accepted"]


def test_a_phone_without_a_store_sends_the_form_as_a_form(phone, stored):
    page = phone().new_page()
    page.add_init_script("Object.defineProperty(self, 'indexedDB', {value: undefined})")
    page.goto("/uji/masuk/1")
    page.goto("/uji")
    save(page, "biasa")
    expect(page.locator("body")).to_have_text("diterima tanpa skrip: biasa")


def test_a_phone_without_script_sends_the_form_as_a_form(phone):
    page = phone(java_script_enabled=False).new_page()
    page.goto("/uji/masuk/1")
    page.goto("/uji")
    save(page, "biasa")
    expect(page.locator("body")).to_have_text("diterima tanpa skrip: biasa")


def test_receipts_are_read_without_script(page, phone, stored):
    save(open_form(page))
    expect(line(page)).to_contain_text("Terkirim")
    bare = phone(java_script_enabled=False).new_page()
    bare.goto("/uji/masuk/1")
    bare.goto("/kiriman")
    expect(bare.locator("main")).to_contain_text("Catatan")
    expect(bare.locator("main .code").first).to_contain_text("K-")


def payloads(rows: list[Submission]) -> list[dict[str, Any]]:
    return [json.loads(row.raw)["payload"] for row in rows]


def test_each_change_of_an_answer_is_sent_on_its_own(page, stored):
    page.goto("/uji/masuk/1")
    page.goto("/uji/soal")
    expect(page.locator("body")).to_have_attribute("data-store", "ready")
    for field in ("#a", "#b", "#a", "#ragu"):
        page.click(field)
    expect(line(page)).to_have_attribute("data-seq", "4")
    expect(line(page)).to_contain_text("Terkirim")
    assert payloads(stored()) == [
        {"picked": ["a"], "doubtful": False},
        {"picked": ["a", "b"], "doubtful": False},
        {"picked": ["b"], "doubtful": False},
        {"picked": ["b"], "doubtful": True},
    ]


def test_the_way_on_is_taken_after_the_receipt_and_not_before(page, stored):
    page.goto("/uji/masuk/1")
    page.goto("/uji/soal")
    expect(page.locator("body")).to_have_attribute("data-store", "ready")
    page.route(KIRIMAN, lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.click("text=Lanjut")
    expect(line(page)).to_contain_text("menunggu sinyal")
    assert page.url.endswith("/uji/soal")
    page.unroute(KIRIMAN)
    page.click("text=Lanjut")
    page.wait_for_url("**/uji")
    assert [row.status for row in stored()] == ["accepted"] * 2
