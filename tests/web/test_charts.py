"""Charts as places on a canvas: in range, the doubt first, text that can be read, and nothing unescaped."""

import re
from itertools import pairwise

import pytest
from flask import render_template_string
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.core import i18n
from p2k2lms.web import charts
from p2k2lms.web.charts import Month, Place, Ring, Tile

SHARES = st.floats(0, 100)
DRAW = '{% import "layout/charts.html" as chart %}{{ chart.draw(it) }}'


@given(st.floats(-1e4, 1e4), st.floats(0, 1e4))
def test_ticks_take_in_both_ends_with_few_round_numbers(low, span):
    marks = charts.ticks(low, low + span)
    assert marks[0] <= low + 1e-6 * (1 + abs(low))
    assert marks[-1] >= low + span - 1e-6 * (1 + abs(low) + span)
    assert 2 <= len(marks) <= 7
    assert marks == sorted(marks)


@given(st.lists(SHARES, min_size=2, max_size=24))
def test_a_series_stays_on_its_canvas(values):
    months = [Month(f"{n:02d}/26", v, (max(0, v - 3), min(100, v + 3)), (0, 100)) for n, v in enumerate(values)]
    for width in charts.WIDTHS:
        it = charts.series(width, "t", months, 50)
        assert [a.kind for a in it.areas] == ["doubt", "doubt2"]
        assert all(0 <= d.x <= it.width and 0 <= d.y <= it.height for d in it.dots)
        assert all(0 <= label.x <= it.width for label in it.labels)


def test_months_have_names_far_enough_apart_and_the_last_always():
    months = [Month(f"m{n}", n) for n in range(24)]
    named = [label for label in charts.series(312, "t", months, None).labels if label.text.startswith("m")]
    assert named[-1].text == "m23"
    assert all(b.x - a.x >= 40 for a, b in pairwise(named))


def test_only_places_outside_the_funnel_are_named_and_at_most_three():
    places = [Place(10 * n, 20 * n, f"K{n}", f"K{n}: {20 * n}%" if n != 3 else "") for n in range(1, 6)]
    it = charts.funnel(620, "t", places, [Ring(5, (0, 100), (10, 90)), Ring(50, (30, 70), (40, 60))], 50, "kelompok")
    assert [label.text for label in it.labels if label.strong] == ["K5: 100%", "K1: 20%", "K4: 80%"]
    assert [d.kind for d in it.dots] == ["pt0", "hl", "hl", "hl", "hl"]


@pytest.mark.parametrize(("language", "share", "size"), [("id", "0,5%", "1.000"), ("en", "0.5%", "1,000")])
def test_the_numbers_along_a_chart_are_written_for_their_reader(monkeypatch, language, share, size):
    monkeypatch.setattr(i18n, "language", lambda: language)
    it = charts.funnel(620, "t", [Place(1000, 0.5, "")], [Ring(1, (0, 1), (0, 1)), Ring(1000, (0, 1), (0, 1))], 0.5, "")
    assert {share, size} <= {label.text for label in it.labels}


def test_tiles_have_one_size_and_their_place():
    it = charts.tiles("t", [(0, 0, Tile(0, 0, "in", "A", "1", "a")), (2, 1, Tile(0, 0, "low", "B", "2", "b"))])
    assert [(t.x, t.y) for t in it.tiles] == [(0, 0), (112, 56)]
    assert (it.width, it.height) == (164, 108)


@pytest.mark.parametrize("kind", ["series", "funnel", "tiles"])
def test_a_drawing_is_svg_with_a_title_and_escapes_names(app, kind):
    name = "<Kota & Desa>"
    made = {
        "series": charts.series(312, name, [Month(name, 1, says=name), Month("b", 2)], 1.5),
        "funnel": charts.funnel(312, name, [Place(4, 5, name, name)], [Ring(1, (0, 9), (1, 8))], 5, name),
        "tiles": charts.tiles(name, [(0, 0, Tile(0, 0, "high", name, name, name))]),
    }
    with app.test_request_context():
        page = render_template_string(DRAW, it=made[kind])
    assert re.match(r'<svg class="chart" viewBox="0 0 \d+ \d+" role="img"><title>&lt;Kota &amp; Desa&gt;</title>', page)
    assert "<Kota" not in page
    assert "nan" not in page
