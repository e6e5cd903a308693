"""Texts in the language of the request: Indonesian as written, English by the catalogue."""

from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from babel.numbers import format_decimal
from babel.support import Translations

from p2k2lms.core import i18n
from tools import texts


@pytest.fixture
def english(monkeypatch):
    """The English catalogue as it stands in the source, compiled here."""
    compiled = BytesIO()
    write_mo(compiled, texts.in_english())
    compiled.seek(0)
    catalogue = Translations(compiled)
    monkeypatch.setattr(i18n, "language", lambda: "en")
    monkeypatch.setattr(i18n.flask_babel, "get_translations", lambda: catalogue)
    monkeypatch.setattr(i18n.flask_babel, "gettext", catalogue.gettext)


def test_indonesian_counts_in_one_form():
    assert [i18n.counted("%(n)s peserta", n) for n in (0, 1, 2)] == ["0 peserta", "1 peserta", "2 peserta"]


def test_english_counts_in_two_forms(english):
    said = [i18n.counted("%(n)s peserta", n) for n in (0, 1, 2)]
    assert said == ["0 participants", "1 participant", "2 participants"]


def test_other_names_are_filled_in_beside_the_number(english):
    assert i18n.counted("%(n)s soal, %(m)s menit sejak dimulai.", 1, m=45) == "1 question, 45 min. from the start."


def test_a_template_counts_too_and_escapes_what_it_fills_in(app):
    page = app.jinja_env.from_string(
        '{% autoescape true %}{{ counted("%(n)s dari %(who)s", 2, who="<b>") }}{% endautoescape %}'
    )
    assert page.render() == "2 dari &lt;b&gt;"


def test_the_english_of_a_lazy_text_and_of_a_plain_one_are_the_same(english):
    assert str(i18n.lazy("Pilih salah satu.")) == i18n._("Pilih salah satu.") == "Choose one."


def test_a_class_in_person_and_a_phone_without_signal_have_their_own_words(english):
    assert i18n._("Tatap muka (luring)") == "In person"
    assert i18n._("Luring") == "Offline"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("value", [0, -0.04, 0.05, 0.5, 1.5, 2.5, 7, -12.345, 999.95, 12345, 1234567.891, True])
@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_a_number_is_written_as_babel_writes_it(monkeypatch, language, value, decimals):
    monkeypatch.setattr(i18n, "language", lambda: language)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    assert i18n.number(value, decimals) == format_decimal(round(value, decimals) + 0, format=pattern, locale=language)


@pytest.mark.parametrize(
    ("value", "decimals", "said"), [(-0.04, 1, "0,0"), (-0.4, 0, "0"), (-0.05, 2, "-0,05"), (-1, 0, "-1")]
)
def test_what_rounds_to_nothing_has_no_sign(value, decimals, said):
    assert i18n.number(value, decimals) == said


def test_a_text_knows_its_source_and_is_said_again_in_another_language(english, monkeypatch):
    said = i18n._("Belum lengkap: %(what)s.", what=[i18n.lazy("Tanggal"), i18n.lazy("Hadir")])
    monkeypatch.setattr(i18n, "language", lambda: "id")
    again = i18n.said(said)
    assert i18n.say(again.source, again.values, again.number) == "Belum lengkap: Tanggal, Hadir."
    assert said != "Belum lengkap: Tanggal, Hadir."
    assert i18n.said("Tanggal") is None
