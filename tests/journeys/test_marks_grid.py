"""The marks grid on a phone and by keyboard: its head and names stay, arrows move, a mark opens the paper."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.identity.passwords import hashed
from tests.factories.assessment import sit
from tests.factories.enrolment import BANJAR, a_member, an_angkatan, the_unit
from tests.factories.identity import as_actor, someone

WORD, PASSWORD = "uji-latih", "rahasia-latih-2026"
PEOPLE = 25


@pytest.fixture
def grid(live, live_app: Flask, phone) -> Page:
    """The grid of a class of many, on the phone of its widyaiswara."""
    with live_app.app_context():
        the_unit("R4")
        trainer = someone("widyaiswara", "R4", pkh_id=WORD, password_hash=hashed(PASSWORD))
        angkatan = an_angkatan(trainer=trainer)
        cards = [a_member(angkatan, someone("pendamping", BANJAR, name=f"Aminah {n:02d}")) for n in range(PEOPLE)]
        for card in cards[:2]:
            sit(as_actor(card.person_id), card.id, "pre", right=2)
            assessment.open_post_test(card.id, card.person_id)
            sit(as_actor(card.person_id), card.id, "post")
    page = phone().new_page()
    page.goto("/masuk")
    page.get_by_label("Nomor HP atau nomor SDM PKH").fill(WORD)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/")
    page.goto(f"/angkatan/{angkatan.id}/nilai")
    return page


def at(page: Page) -> tuple[int, int]:
    """Row and column of the cell in which the focus is."""
    place = page.evaluate(
        "(c => c && [c.parentElement.rowIndex, c.cellIndex])(document.activeElement.closest('td, th'))"
    )
    return tuple(place) if place else (-1, -1)


@pytest.mark.slow(reason="signs in and walks a grid in a browser")
def test_arrows_move_through_the_grid_and_enter_opens_the_paper(grid, accessible):
    grid.locator(".scroll.tall").focus()
    walked = []
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowUp"):
        grid.keyboard.press(key)
        walked.append(at(grid))
    assert walked == [(1, 1), (1, 2), (1, 3), (2, 3), (2, 2), (1, 2), (0, 2)]
    grid.keyboard.press("ArrowUp")
    assert at(grid) == (0, 2)  # the edge holds
    accessible(grid)
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("Enter")
    expect(grid.get_by_role("heading", level=1)).to_have_text("Aminah 00")
    accessible(grid)


@pytest.mark.slow(reason="signs in and scrolls a grid in a browser")
def test_head_and_names_stay_while_the_grid_is_moved_on_a_small_phone(grid):
    box = grid.locator(".scroll.tall")
    name, head = grid.locator("tbody th").nth(10), grid.locator("thead th").nth(3)
    box.evaluate("e => e.scrollTo(e.scrollWidth, e.scrollHeight)")
    assert box.evaluate("e => e.scrollLeft > 0 && e.scrollTop > 0")
    frame = box.bounding_box()
    assert abs(name.bounding_box()["x"] - frame["x"]) < 3
    assert abs(head.bounding_box()["y"] - frame["y"]) < 3
    assert name.bounding_box()["width"] < frame["width"] / 2


@pytest.mark.slow(reason="signs in and walks a grid in a browser")
def test_the_focus_never_hides_behind_the_head_or_the_names(grid):
    grid.locator(".scroll.tall").focus()
    for key in ["ArrowRight"] * 5 + ["ArrowDown"] * 20 + ["ArrowLeft"] * 4 + ["ArrowUp"] * 18:
        grid.keyboard.press(key)
    row, column = at(grid)
    assert (row, column) == (3, 1)
    cell = grid.locator("table.marks tr").nth(row).locator("th, td").nth(column).bounding_box()
    head = grid.locator("thead th").nth(column).bounding_box()
    name = grid.locator("tbody th").nth(row - 1).bounding_box()
    assert cell["y"] >= head["y"] + head["height"] - 2
    assert cell["x"] >= name["x"] + name["width"] - 2
