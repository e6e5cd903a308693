"""Sitting a test on a phone: read the question, choose what is right, go on, hand in."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import MatchingDef, OrderingDef
from tests.factories.catalogue import TINY


def right_answers() -> dict[str, list[str]]:
    """The words of the right options of every item of the tiny course, by the words of the question."""
    version = catalogue.latest(TINY).id
    every = (*catalogue.items(version), *catalogue.practice_items(version))
    return {_flat(" ".join(item.paragraphs)): _right(item) for item in every}


def _right(item) -> list[str]:
    if isinstance(item, OrderingDef):
        return [_flat(option.text) for option in item.options]
    if isinstance(item, MatchingDef):
        return [f"{_flat(pair.left)}={_flat(pair.right)}" for pair in item.pairs]
    return [_flat(option.text) for option in item.options if option.correct]


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def answer(page: Page, keys: dict[str, list[str]]) -> None:
    """Choose the right answer of the question that is shown."""
    words = _flat(page.locator("form#jawab .q").inner_text())
    right = next(found for asked, found in keys.items() if asked in words or words in asked)
    selects = page.locator("form#jawab select")
    if selects.count() == 0:
        for option in page.locator("form#jawab .opt").all():
            if _flat(option.inner_text()) in right:
                option.click()
        return
    for place, select in enumerate(selects.all()):
        label = _flat(page.locator("form#jawab label.pair > span").nth(place).inner_text())
        partner = next((pair.partition("=")[2] for pair in right if pair.startswith(label + "=")), None)
        select.select_option(label=partner) if partner else select.select_option(str(right.index(label) + 1))


def sit(page: Page, keys: dict[str, list[str]], accessible: Callable[[Page], None]) -> None:
    """Answer every question, look at the map, hand in."""
    accessible(page)
    while page.locator("form#jawab").count():
        answer(page, keys)
        if (look := page.get_by_role("button", name="Periksa jawaban")).count():
            look.click()  # what does not count is gone through at once
            expect(look).to_have_count(0)
        here = page.url
        page.locator(".foot .btn.main").click()
        page.wait_for_url(lambda url, here=here: url != here)
    accessible(page)
    page.get_by_role("button", name="Kumpulkan").click()
    expect(page).to_have_url(re.compile(r"/hasil$"))
    accessible(page)
