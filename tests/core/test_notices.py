"""The bell of a person: its own lines, newest first, until they are read."""

import pytest
from flask import g

from p2k2lms.core import i18n, notices
from p2k2lms.core.unit_of_work import unit_of_work
from tests.conftest import an_actor
from tools import texts


def tell(person_id, key="trial.hello", **params):
    with unit_of_work("test.tell") as uow:
        uow.notify(person_id, key, "/kabar", **params)


def test_a_line_is_filled_with_its_params_and_counts_until_it_is_read(trial):
    tell(1, name="Siti")
    tell(1, name="Budi")
    assert [line.text for line in notices.of_person(1)] == ["Halo Budi", "Halo Siti"]
    assert notices.unread(1) == 2
    notices.mark_read(an_actor(1))
    assert (notices.unread(1), [line.unread for line in notices.of_person(1)]) == (0, [False, False])


def test_a_day_is_read_in_words_and_what_is_no_day_stays_as_it_was_typed(trial):
    for said in ("2026-02-31", "2026-12-02", "2 dari 3"):
        tell(1, name=said)
    assert [line.text for line in notices.of_person(1)] == ["Halo 2 dari 3", "Halo 2 Desember 2026", "Halo 2026-02-31"]


def test_a_month_is_read_in_words(trial):
    for said in ("2026-13", "2026-10"):
        tell(1, name=said)
    assert [line.text for line in notices.of_person(1)] == ["Halo Oktober 2026", "Halo 2026-13"]


def test_a_line_is_for_its_person_alone(trial):
    tell(1, name="Siti")
    notices.mark_read(an_actor(2))
    assert (notices.of_person(2), notices.unread(1)) == ([], 1)


def test_a_line_whose_plugin_is_gone_keeps_its_key(trial):
    tell(1, "gone.key", name="Siti")
    assert notices.of_person(1)[0].text == "gone.key"


def test_a_list_is_bounded(trial):
    for n in range(4):
        tell(1, name=str(n))
    assert len(notices.of_person(1, limit=3)) == 3


def test_every_declared_text_is_written_for_the_bell_which_fills_names_in_braces(app):
    english = texts.in_english()
    said = {key: (str(text), english[str(text)].string) for key, text in notices.texts().items()}
    assert [key for key, both in said.items() if any("%(" in text for text in both)] == []


@pytest.mark.parametrize(
    ("writer", "reader", "told"), [("en", "id", "Halo Tanggal, 2 kartu"), ("id", "en", "Halo Date, 2 cards")]
)
def test_a_word_of_ours_in_a_line_is_of_the_language_of_its_reader(trial, writer, reader, told):
    with trial.test_request_context():
        g.language = writer
        tell(1, name=[i18n.lazy("Tanggal"), i18n.counted("%(n)s kartu", 2)])
    with trial.test_request_context():
        g.language = reader
        assert notices.of_person(1)[0].text == told.replace(",", "")
