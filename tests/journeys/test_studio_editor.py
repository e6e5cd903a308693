"""The editor over the Markdown fields of the studio: it helps, and takes nothing away that a plain field gives."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.test_studio import ANI, WIDE, people, reached, signed_in  # noqa: F401
from tests.journeys.test_studio_hands import CARD, TINY, kept, text_of, write

SESI = f"/studio/kursus/{TINY}/sesi/tf-s01"
REPORTED = """addEventListener("securitypolicyviolation", (event) => {
  console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`);
});"""


def heard(page: Page) -> list[str]:
    """What the browser complains about from now on, and every address that it asks for elsewhere."""
    said: list[str] = []
    page.add_init_script(REPORTED)
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: said.append(asked.url) if "//127.0.0.1" not in asked.url else None)
    return said


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, WIDE], ids=["360", "1280"])
def test_one_writes_with_the_keyboard_alone_and_tab_leads_on(people, phone, accessible, screen, scheme):  # noqa: F811
    ani = signed_in(phone, ANI, viewport=screen, color_scheme=scheme)
    said = heard(ani)
    ani.goto(CARD)
    text = text_of(ani)
    accessible(ani)
    reached(ani, ani.get_by_role("button", name="Tebal"))
    ani.keyboard.press("ArrowRight")
    expect(ani.get_by_role("button", name="Miring")).to_be_focused()
    ani.keyboard.press("Tab")
    expect(text).to_be_focused()
    ani.keyboard.press("Control+A")
    ani.keyboard.type("Sapa ibu")
    ani.keyboard.press("Control+B")
    ani.keyboard.type("dulu")
    expect(ani.get_by_role("button", name="Tebal")).to_have_attribute("aria-pressed", "true")
    expect(kept(ani)).to_have_value("Sapa ibu**dulu**")
    accessible(ani)
    ani.keyboard.press("Tab")
    expect(ani.get_by_label("Coba hari ini")).to_be_focused()
    expect(ani.locator("[data-state]")).to_contain_text("Tersimpan")
    ani.keyboard.press("Shift+Tab")
    ani.keyboard.press("Shift+Tab")
    expect(ani.get_by_role("button", name="Miring")).to_be_focused()
    assert said == []


def test_the_tools_write_markdown_and_take_it_back(people, phone):  # noqa: F811
    ani = signed_in(phone, ANI, viewport=WIDE)
    ani.goto(CARD)
    write(ani, "Satu")
    ani.get_by_role("button", name="Daftar", exact=True).click()
    expect(kept(ani)).to_have_value("- Satu")
    ani.get_by_role("button", name="Urungkan").click()
    expect(kept(ani)).to_have_value("Satu")
    ani.keyboard.press("Control+A")
    ani.keyboard.press("Delete")
    ani.get_by_role("button", name="Tabel").click()
    expect(kept(ani)).to_have_value("\n\n| Kolom 1 | Kolom 2 |\n| --- | --- |\n| Isi | Isi |\n\n")


def test_a_press_on_the_label_leads_into_the_text(people, phone):  # noqa: F811
    ani = signed_in(phone, ANI, viewport=WIDE)
    ani.goto(CARD)
    text = text_of(ani)
    ani.get_by_text("Isi kartu", exact=True).click()
    expect(text).to_be_focused()


def test_where_the_editor_does_not_come_the_field_saves_itself_as_ever(people, phone):  # noqa: F811
    ani = signed_in(phone, ANI, viewport=WIDE)
    ani.context.route("**/easymde.min.*.js", lambda route: route.abort())
    ani.goto(CARD)
    ani.get_by_label("Isi kartu").fill("Tanpa alat.")
    expect(ani.locator("[data-state]")).to_contain_text("Tersimpan")
    expect(ani.get_by_role("toolbar")).to_have_count(0)
    ani.goto(CARD)
    expect(kept(ani)).to_have_value("Tanpa alat.")


def test_without_script_the_card_is_a_form(people, phone, accessible):  # noqa: F811
    ani = signed_in(phone, ANI, viewport=WIDE, java_script_enabled=False)
    ani.goto(CARD)
    ani.get_by_label("Isi kartu").fill("Tanpa skrip.")
    ani.get_by_role("button", name="Simpan kartu").click()
    expect(ani.get_by_text("Kartu tersimpan sebagai naskah")).to_be_visible()
    expect(ani.get_by_label("Isi kartu")).to_have_value("Tanpa skrip.")


def test_the_words_before_a_sesi_have_the_same_editor(people, phone, accessible):  # noqa: F811
    ani = signed_in(phone, ANI, viewport=WIDE)
    said = heard(ani)
    ani.goto(SESI)
    expect(ani.get_by_role("toolbar", name="Alat menulis")).to_be_visible()
    ani.get_by_label("Pengantar").focus()
    ani.keyboard.press("Control+A")
    ani.keyboard.type("Selamat datang.")
    accessible(ani)
    ani.get_by_role("button", name="Simpan sesi").click()
    expect(ani.get_by_text("Sesi tersimpan sebagai naskah")).to_be_visible()
    expect(kept(ani)).to_have_value("Selamat datang.")
    assert said == []
