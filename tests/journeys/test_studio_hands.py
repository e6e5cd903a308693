"""Hands at work in the studio: rows are dragged, texts save themselves while one writes on, pictures are pasted in."""

import base64

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.factories.catalogue import TINY
from tests.factories.photos import a_noisy_picture
from tests.journeys.test_studio import ANI, WIDE, people, signed_in  # noqa: F401

OUTLINE = f"/studio/kursus/{TINY}?buka=tf-s01"
CARD = f"/studio/kursus/{TINY}/kartu/tf-s01-l01"


@pytest.fixture
def ani(people, phone) -> Page:  # noqa: F811
    """A trainer at a desk."""
    return signed_in(phone, ANI, viewport=WIDE)


def text_of(page: Page) -> Locator:
    """Where the text of the card is written, once its editor stands."""
    expect(page.get_by_role("toolbar", name="Alat menulis")).to_be_visible()
    return page.get_by_label("Isi kartu")


def write(page: Page, text: str) -> None:
    """Put these words where the text of the card stands, by hand."""
    text_of(page).focus()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type(text)


def kept(page: Page) -> Locator:
    """The field that the form sends."""
    return page.locator("textarea[name=body]")


def order(page: Page) -> list[str]:
    return page.locator(".cards > li").evaluate_all("rows => rows.map((row) => row.dataset.id)")


def test_a_card_that_is_dragged_stays_where_it_was_dropped(ani):
    ani.goto(OUTLINE)
    assert order(ani) == ["tf-s01-l01", "tf-s01-l02", "tf-s01-l03"]
    numbers = ani.locator(".cards > li > .mk")
    with ani.expect_response("**/urutan", timeout=4000) as kept:
        ani.locator("#tf-s01-l03").drag_to(ani.locator("#tf-s01-l01"), target_position={"x": 60, "y": 2})
    assert kept.value.ok
    assert numbers.all_inner_texts() == ["1", "2", "3"]  # counted anew before the page is opened again
    ani.goto(OUTLINE)
    assert order(ani) == ["tf-s01-l03", "tf-s01-l01", "tf-s01-l02"]


def test_what_is_typed_saves_itself_and_who_presses_save_meanwhile_does_not_clash_with_himself(ani):
    ani.goto(CARD)
    held: list[tuple[Route, object]] = []
    ani.route("**/simpan", lambda route: held.append((route, route.fetch())))
    write(ani, "Kalimat pertama.")
    expect(ani.locator("[data-state]")).to_have_text("Menyimpan")
    while not held:
        ani.wait_for_timeout(20)
    ani.keyboard.type(" Kalimat kedua.")
    ani.get_by_role("button", name="Simpan kartu").click(no_wait_after=True)
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(ani.get_by_text("Kartu tersimpan sebagai naskah")).to_be_visible()
    expect(kept(ani)).to_have_value("Kalimat pertama. Kalimat kedua.")


PASTE = """async ([data, name]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)), held = new DataTransfer();
  held.items.add(new File([bytes], name, { type: "image/jpeg" }));
  const pasted = new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true });
  document.getElementById("body").dispatchEvent(pasted);
}"""


def test_a_picture_that_is_pasted_waits_for_its_words_and_then_stands_in_the_text(ani, accessible):
    ani.goto(CARD)
    write(ani, "Paragraf satu.\n\nParagraf dua.")
    ani.keyboard.press("Control+Home")
    ani.evaluate(PASTE, [base64.b64encode(a_noisy_picture(900, 600)).decode(), "tempel.jpg"])
    expect(ani.get_by_label("Apa yang terlihat pada gambar")).to_be_focused()
    expect(ani.locator("[data-state]")).to_have_text("Gambar siap. Tulis apa yang terlihat, lalu pasang.")
    ani.get_by_label("Apa yang terlihat pada gambar").fill("Ibu menyapa tamu")
    ani.get_by_role("button", name="Pasang gambar").press("Enter")
    expect(ani.get_by_text("Gambar terpasang")).to_be_visible()
    expect(kept(ani)).to_have_value("Paragraf satu.\n\n![Ibu menyapa tamu](foto-2.jpg)\n\nParagraf dua.")
    shown = ani.get_by_role("img", name="Ibu menyapa tamu")
    expect(shown).to_be_visible()
    assert shown.evaluate("async (one) => { await one.decode(); return one.naturalWidth; }") > 0
    accessible(ani)


PASTE_TEXT = """(html) => {
  const held = new DataTransfer();
  held.setData("text/html", html);
  held.setData("text/plain", "polos");
  const event = new ClipboardEvent("paste", {clipboardData: held, bubbles: true, cancelable: true});
  document.getElementById("body").dispatchEvent(event);
}"""


def test_what_is_too_large_to_be_cleaned_comes_in_as_words_and_the_page_says_so(ani):
    ani.goto(CARD)
    write(ani, "")
    ani.evaluate(PASTE_TEXT, "<p>" + "x <b>y</b>" * 500_000 + "</p>")
    expect(kept(ani)).to_have_value("polos")
    expect(ani.locator("[data-state]")).to_contain_text("sebagai kata-kata saja")
    expect(ani.locator("[data-state]")).to_contain_text("Tersimpan")
