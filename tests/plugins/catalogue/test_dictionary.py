"""Words that no list knows are found, and words made of known roots are not."""

import json

import pytest

from p2k2lms.plugins.catalogue import dictionary
from tests.factories.catalogue import DATA

KNOWN = frozenset({"asuh", "sapu", "tulis", "kirim", "hadir", "anak", "paham", "ukur"})


@pytest.mark.parametrize(
    "word",
    ["mengasuh", "pengasuhannya", "menyapu", "menulis", "penulis", "mengirimkan", "ketidakhadiran", "disalahpahami",
     "anak-anak", "diukurnya", "berkiriman", "seanak"],
)  # fmt: skip
def test_a_word_made_of_a_known_root_is_known(word):
    assert not dictionary.unknown([word], KNOWN)


def test_typing_errors_are_counted_and_names_and_short_words_left_out():
    found = dictionary.unknown(["menulsi anak di Barabai", "menulsi barabai, kpm 2024"], KNOWN)
    assert dict(found) == {"menulsi": 2}


def test_a_word_list_may_carry_flags_and_remarks(tmp_path):
    first, second = tmp_path / "id_ID.dic", tmp_path / "kata.txt"
    first.write_text("2\nasuh/AB\nSapu\n")
    second.write_text("# kata setempat\nwadai\n")
    assert {"asuh", "sapu", "wadai"} <= dictionary.read(first, second)


def test_the_check_lists_unknown_words_where_a_dictionary_is_installed(app, tmp_path, monkeypatch):
    monkeypatch.setattr(dictionary, "HUNSPELL", tmp_path / "none.dic")
    done = app.test_cli_runner().invoke(args=["courses", "check", "--from", str(DATA)])
    assert json.loads(done.stdout)["unknown_words"] is None
