"""Brings the English catalogue up to the texts in the source: `python tools/texts.py`; `--check` only tells."""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "p2k2lms/translations/en/LC_MESSAGES/messages.po"
KEYWORDS = {"_": None, "lazy": None, "gettext": None, "counted": (1, 1), "ngettext": (1, 2)}
JINJA = {"extensions": "jinja2.ext.i18n,jinja2.ext.do", "trimmed": "true", "silent": "false"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def in_source() -> Catalog:
    """Every text that the source shows to people."""
    found = Catalog(project="p2k2lms", charset="utf-8")
    for folder, method, options in (("p2k2lms", "python", {}), ("templates", "jinja2", JINJA)):
        ending = "**.py" if method == "python" else "**.html"
        texts = extract_from_dir(ROOT / folder, [(ending, method)], {ending: options}, keywords=KEYWORDS)
        for file, _line, text, comments, context in texts:
            found.add(text, None, [(f"{folder}/{file}", 0)], auto_comments=comments, context=context)
    return found


def in_english() -> Catalog:
    """The catalogue as it stands; an empty one before the first."""
    if not CATALOGUE.exists():
        return Catalog(locale="en", project="p2k2lms", charset="utf-8")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def faults(source: Catalog, english: Catalog) -> Iterator[str]:
    """What English still lacks, has changed, or keeps for nothing."""
    for message in (m for m in source if m.id):
        known = english.get(message.id, message.context)
        if known is None or not all(_texts(known.string)):
            yield f"not translated: {_first(message)!r} ({message.locations[0][0]})"
        elif known.fuzzy:
            yield f"only guessed: {_first(message)!r}"
        elif any(_places(text) != _places(_first(message)) for text in _texts(known.string)):
            yield f"other placeholders: {_first(message)!r}"
    wanted = {(_first(m), m.context) for m in source}
    yield from (f"no longer used: {_first(m)!r}" for m in english if m.id and (_first(m), m.context) not in wanted)


def _texts(text: str | Iterable[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _first(message: Message) -> str:
    return _texts(message.id)[0]


def _places(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def update() -> None:
    """Add the new texts, without a translation, and drop those that nobody shows any more."""
    english = in_english()
    english.update(in_source(), no_fuzzy_matching=True)
    english.obsolete.clear()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, english, width=110, sort_output=True, omit_header=False, include_lineno=False)


def main(arguments: list[str]) -> int:
    """Update, or with `--check` only list what is amiss."""
    if "--check" not in arguments:
        update()
    found = list(faults(in_source(), in_english()))
    print("\n".join([*found, f"texts: {len(found)} to mend"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
