"""The component page shows every component, and nothing that a page needs stands beside it."""

import re

import pytest

from p2k2lms.web import gallery
from tests.architecture.source import ROOT
from tests.conftest import an_actor

MACROS = (ROOT / "templates/layout/macros.html").read_text("utf-8")
SHOWN = (ROOT / "templates/web/gallery.html").read_text("utf-8")
UNSEEN = {"token"}  # a hidden field has no look
COMPONENTS = sorted(set(re.findall(r"\{% macro (\w+)\(", MACROS)) - UNSEEN)
TOKENS = (ROOT / "p2k2lms/web/static/tokens.css").read_text("utf-8")


@pytest.mark.parametrize("name", COMPONENTS)
def test_the_component_page_shows_every_component(name):
    assert f"ui.{name}(" in SHOWN


def test_the_component_page_names_colours_and_sizes_that_are_tokens():
    for name in [colour for colour, *_ in gallery.COLOURS] + [size for size, *_ in gallery.SIZES]:
        assert f"--{name}:" in TOKENS, name


def test_the_component_page_shows_a_field_and_a_form_that_were_refused(sign_in):
    page = sign_in(an_actor(1, "admin")).get("/gaya").text
    assert 'aria-describedby="hadir-salah"' in page
    assert "31 lebih besar dari anggota kelompok" in page
    assert 'role="alert"' in page
