"""Every text that people see exists in both languages."""

from babel.messages.catalog import Catalog

from tools import texts


def test_every_text_is_translated():
    assert list(texts.faults(texts.in_source(), texts.in_english())) == []


def test_what_is_missing_or_bent_is_noticed():
    source, english = Catalog(), Catalog(locale="en")
    for text in ("Satu", "Dua %(n)s", "Tiga"):
        source.add(text, locations=[("a.py", 1)])
    english.add("Satu", "One")
    english.add("Dua %(n)s", "Two")
    english.add("Empat", "Four")
    said = [fault.split(":")[0] for fault in texts.faults(source, english)]
    assert said == ["other placeholders", "not translated", "no longer used"]
