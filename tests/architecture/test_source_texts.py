"""No Indonesian sentence of the source reaches people untranslated: each passes through `_` and its like."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import source

TRANSLATING = {"_", "lazy", "counted", "gettext", "ngettext"}
TELLING = re.compile(
    r"\b(?:ada|akan|anda|atau|bahwa|belum|berkas|bila|bisa|boleh|bukan|dan|dapat|dari|dengan|di|dua|hanya|hari|harus|"
    r"ini|isi|itu|jumlah|kali|kami|ke|kosong|lagi|lebih|masih|memerlukan|oleh|orang|pada|padahal|paling|perlu|peserta|"
    r"sama|sampai|satu|saya|sebagai|semua|setiap|sudah|tanpa|terlalu|tidak|tulis|untuk|wajib|yang)\b",
    re.IGNORECASE,
)
PATTERN = re.compile(r"\\b|\(\?[:P]")
"""A regular expression reads what people have written; it says nothing."""
GREETING = "Halo {name}, ini {me}."
"""So begins what one sends to a colleague by WhatsApp, in the language of the field."""

SEED, LETTER = "made-up content of a demo", "a letter is Indonesian whoever reads it"
CODES, HEADS = "codes in a constraint", "heads of tables that come in"
STORED, FROZEN = (
    "stored; its reader sees the lazy text beside it",
    "in a sealed file that is the same for all its readers",
)
INSTEAD = "stored where a name or a note was taken away"
EXCEPTIONS = {
    "plugins/assessment/formats/table.py EXAMPLES": "questions in the empty table that people fill in",
    "plugins/assessment/forms.py REASONS": STORED,
    "plugins/catalogue/rules/spelling.py _PAIRS": "the words that an author is told of",
    "plugins/catalogue/values/sesi.py UNWRITTEN": "stands in the documents themselves",
    "plugins/certificates/demo.py CHOSEN": SEED,
    "plugins/certificates/demo.py NOTES": SEED,
    "plugins/certificates/demo.py NOTE_NOT_YET": SEED,
    "plugins/certificates/demo.py NOTE_OF_PATH": SEED,
    "plugins/certificates/rules.py MODES": LETTER,
    "plugins/certificates/rules.py birth_in_words": LETTER,
    "plugins/certificates/rules.py finished_in_words": LETTER,
    "plugins/certificates/rules.py held_in_words": LETTER,
    "plugins/certificates/rules.py rank_in_words": LETTER,
    "plugins/certificates/rules.py span_in_words": LETTER,
    "plugins/certificates/rules.py walked_in_words": LETTER,
    "plugins/certificates/service/copying.py _agency": LETTER,
    "plugins/certificates/service/writing.py _marks": LETTER,
    "plugins/certificates/signer.py sign": "the name in the key of a demo",
    "plugins/coaching/demo.py AGREED": SEED,
    "plugins/coaching/demo.py EVIDENCE": SEED,
    "plugins/coaching/demo.py REFLECTION": SEED,
    "plugins/coaching/demo.py TOPICS": SEED,
    "plugins/coaching/values/first.py STAGES": "the path that ships is content, which its owners change",
    "plugins/enrolment/routes/rosters.py roster_template": "the name of a file",
    "plugins/enrolment/rules/letters.py days": LETTER,
    "plugins/enrolment/rules/letters.py mode_in_words": LETTER,
    "plugins/enrolment/rules/letters.py text_for": LETTER,
    "plugins/enrolment/rules/rosters.py HEADS": HEADS,
    "plugins/enrolment/service/demo_meetings.py SOURCE": SEED,
    "plugins/evaluation/models/replies.py AnswerValue": CODES,
    "plugins/evaluation/models/waves.py Assignment": CODES,
    "plugins/evaluation/service/releasing.py release_left": "kept beside a sheet that nobody fills in any more",
    "plugins/fieldwork/rules/sheets.py HEADS": HEADS,
    "plugins/fieldwork/values/words.py COVERED": INSTEAD,
    "plugins/forum/demo.py TALK": SEED,
    "plugins/identity/personal.py nameless": INSTEAD,
    "plugins/identity/rules/people_sheet.py HEADS": HEADS,
    "plugins/outcomes/demo.py (FIRST, KNOWN)": SEED,
    "plugins/outcomes/demo.py WHY": SEED,
    "plugins/outcomes/rules/release.py MEANS": FROZEN,
    "plugins/outcomes/rules/release.py WHOSE": FROZEN,
    "web/gallery.py COLOURS": "samples of the components, not said to anybody",
    "web/gallery.py Example": "samples of the components, not said to anybody",
    "web/gallery.py SIZES": "samples of the components, not said to anybody",
    "web/gallery.py an_example": "samples of the components, not said to anybody",
}


def sentences(module: ast.Module) -> Iterator[tuple[str, int, str]]:
    """Each Indonesian text that passes through no translation: the name that it belongs to, its line, itself."""
    for statement in module.body:
        told = set(_told(statement))
        for node in ast.walk(statement):
            if id(node) not in told and (text := _text(node)) and _is_sentence(text):
                yield _owner(statement), node.lineno, text  # type: ignore[attr-defined]


def _owner(statement: ast.stmt) -> str:
    if isinstance(statement, ast.Assign):
        return ast.unparse(statement.targets[0])
    return ast.unparse(statement.target) if isinstance(statement, ast.AnnAssign) else getattr(statement, "name", "")


def _told(statement: ast.stmt) -> Iterator[int]:
    """What is translated, stands in a docstring, or is a piece of something larger."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Expr):
            yield id(node.value)
        elif isinstance(node, ast.JoinedStr):
            yield from map(id, node.values)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATING:
            yield from map(id, node.args)


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_sentence(text: str) -> bool:
    said = " " in text.strip() and bool(TELLING.search(text))
    return said and not PATTERN.search(text) and not text.startswith(GREETING)


def place(path: Path, owner: str) -> str:
    """How the table of exceptions calls what a text belongs to."""
    return f"{path.relative_to(source.ROOT / 'p2k2lms').as_posix()} {owner}"


@pytest.mark.parametrize("path", source.FILES, ids=source.name)
def test_every_sentence_of_the_source_can_be_translated(path):
    found = sentences(source.tree(path))
    assert [(line, text) for owner, line, text in found if place(path, owner) not in EXCEPTIONS] == []


def test_every_exception_excuses_something():
    found = {place(path, owner) for path in source.FILES for owner, _line, _text in sentences(source.tree(path))}
    assert sorted(EXCEPTIONS.keys() - found) == []


@pytest.mark.parametrize(
    "bad",
    [
        'raise Invalid("wajib diisi")',
        'def rule(n):\n    yield f"{n} kata, paling banyak {MOST}"',
        'SAID: dict[str, str] = {"a": "Belum ada peserta"}',
        'say(lazy("Satu") + " dan dua")',
        '_("%(what)s", what="tidak ada")',
        '_("Sudah ada" if there else "Belum ada")',
    ],
)
def test_an_untranslated_sentence_is_noticed(bad):
    assert list(sentences(ast.parse(bad)))


@pytest.mark.parametrize(
    "good",
    [
        'raise Invalid(_("wajib diisi"))',
        'counted("%(n)s kata, paling banyak %(most)s", n, most=MOST)',
        'def rule():\n    """Kata yang belum ditulis."""',
        'STATES = ("belum", "sudah")',
        'raise NotFound("no such course")',
        'ENDS = re.compile(r"\\bdan (?:apa|siapa)\\b")',
    ],
)
def test_what_is_translated_or_no_sentence_is_left_alone(good):
    assert list(sentences(ast.parse(good))) == []
