"""The frame of every page: light, readable without script, and honest about a demo."""

import re

import brotli
import pytest
from flask import render_template_string

from p2k2lms.core import nature
from p2k2lms.web.assets import built
from tests.architecture.source import ROOT
from tests.conftest import an_actor

OF_STAFF = {
    "butir.js",
    "easymde.min.js",
    "marks.js",
    "naskah.js",
    "susunan.js",
    "tulis.js",
}  # of who writes courses and marks classes: on no learner's page
WEB = ROOT / "p2k2lms/web"
A_PAGE = (
    '{% extends "layout/page.html" %}{% block title %}Judul{% endblock %}{% block main %}<h1>Judul</h1>{% endblock %}'
)


def test_the_frame_with_its_styles_weighs_at_most_eight_kilobytes(sign_in):
    page = sign_in(an_actor()).get("/kiriman").data
    assert len(brotli.compress(page, quality=4)) + len(brotli.compress(built()["app.css"][1])) <= 8 * 1024


def script_of_learners() -> int:
    """What all script that a learner may meet weighs, in bytes as it travels."""
    scripts = {name: body for name, (_, body) in built().items() if name.endswith(".js")}
    assert scripts.keys() > OF_STAFF
    return sum(len(brotli.compress(body)) for name, body in scripts.items() if name not in OF_STAFF)


def test_all_script_of_a_learner_page_weighs_at_most_forty_kilobytes():
    assert script_of_learners() <= 40 * 1024


@pytest.mark.parametrize(
    ("said", "true"),
    [
        (r"All scripts of a learner together weigh ([\d.]+) kB of 40", lambda _: script_of_learners() / 1024),
        (r"\b(\d+) lines, [\d.]+ kB compressed", lambda _: len((WEB / "sw.js").read_text("utf-8").splitlines())),
        (r"lines, ([\d.]+) kB compressed", lambda browser: len(brotli.compress(browser.get("/sw.js").data)) / 1024),
        (r"drawn by (\d+) lines of our own", lambda _: len((WEB / "static/qr.js").read_text("utf-8").splitlines())),
    ],
)
def test_the_map_tells_how_heavy_and_how_long_the_scripts_are(browser, said, true):
    (figure,) = re.findall(said, (ROOT / "ARCHITECTURE.md").read_text("utf-8"))
    assert true(browser) == pytest.approx(float(figure), rel=0.05)


def test_who_is_not_signed_in_gets_no_script_and_no_tabs(app):
    with app.test_request_context("/"):
        page = render_template_string(A_PAGE)
    assert "<script" not in page
    assert "<nav" not in page


def test_who_is_signed_in_finds_tabs_the_chip_and_the_words_of_the_outbox(sign_in):
    page = sign_in(an_actor(7)).get("/kiriman").text
    assert 'data-person="7"' in page
    assert "data-sync" in page
    assert "Tersimpan di HP" in page
    assert re.search(r'<script type="module" src="/static/outbox\.[0-9a-f]+\.js"></script>', page)


def test_the_first_link_of_a_page_leads_past_the_frame(sign_in):
    page = sign_in(an_actor()).get("/kiriman").text
    assert page.index('class="skip" href="#isi"') < page.index("<header")
    assert 'id="isi"' in page


@pytest.mark.parametrize(("public", "demo", "shown"), [(True, True, True), (True, False, False), (False, True, False)])
def test_every_page_of_a_public_demo_says_that_it_is_one(app, browser, monkeypatch, public, demo, shown):
    monkeypatch.setitem(app.config, "DEMO_PUBLIC", public)
    app.extensions.pop("demo", None)
    nature.be_born(demo)
    assert ('class="band"' in browser.get("/nowhere").text) is shown
    app.extensions.pop("demo", None)


def test_the_component_page_is_for_admin(sign_in):
    assert sign_in(an_actor(1, "admin")).get("/gaya").status_code == 200
    assert sign_in(an_actor(1, "pendamping")).get("/gaya").status_code == 403


def test_what_people_typed_is_shown_as_text(app):
    typed = "<script>alert(1)</script>\"'"
    with app.test_request_context("/"):
        page = render_template_string(
            '{% import "layout/macros.html" as ui %}{{ ui.say(x) }}{{ ui.row(x, x, url=x) }}{{ ui.option("a", x, x) }}',
            x=typed,
        )
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
