"""Every text that people see can be translated: templates say it through `_`, and no text hides from extraction."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from jinja2 import Environment, nodes

from tests.architecture import source

TEMPLATES = source.ROOT / "templates"
SAMPLES = {
    "certificates/foot_row.html",  # the foot of such a letter
    "certificates/keterangan.html",  # another
    "certificates/sttpp.html",  # an Indonesian letter whatever language its reader has
    "enrolment/letters_paper.html",  # so are these
    "enrolment/list_paper.html",
    "web/gallery.html",  # samples of the components, not said to anybody
}
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
SAID = [name for name in NAMES if name not in SAMPLES]
SAME_EVERYWHERE = {"CSV", "XLSX", "PDF", "STTPP", "NIP", "JP", "QR", "kB", "MB", "WhatsApp"}
SPOKEN = {"aria-label", "alt", "title", "placeholder", "data-l"}
TAGS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"[A-Z][a-z]+(?:[ .,:?]|$)")
TRANSLATING = {"_", "lazy", "counted", "gettext", "ngettext"}


class Visible(HTMLParser):
    """The words of a page that are neither markup nor template."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in SPOKEN and value:
                self.handle_data(value)

    def handle_data(self, data: str) -> None:
        self.words += [word for word in WORD.findall(re.sub(r"&\w+;", " ", data)) if word not in SAME_EVERYWHERE]


def bare_words(template: str) -> list[str]:
    """Words between the tags, or in an attribute that is read out."""
    page = Visible()
    page.feed(TAGS.sub(" ", template).replace("<!doctype html>", ""))
    page.close()
    return page.words


def bare_strings(template: str) -> list[str]:
    """Sentences inside a tag of the template that do not pass through a translation."""
    tree = Environment(autoescape=True, extensions=["jinja2.ext.do"]).parse(template)
    told = {id(one) for call in tree.find_all(nodes.Call) if _translates(call) for one in call.args}
    spoken = [const.value for const in tree.find_all(nodes.Const) if id(const) not in told]
    return [text for text in spoken if isinstance(text, str) and SENTENCE.match(text)]


def _translates(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name in TRANSLATING


def hidden(module: ast.Module) -> Iterator[int]:
    """The lines where a text to translate stands inside an f-string: there the extraction does not see it."""
    for string in (n for n in ast.walk(module) if isinstance(n, ast.JoinedStr)):
        for call in (n for n in ast.walk(string) if isinstance(n, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id in TRANSLATING:
                yield call.lineno


@pytest.mark.parametrize("name", SAID)
def test_every_word_of_a_template_can_be_translated(name):
    text = (TEMPLATES / name).read_text("utf-8")
    assert bare_words(text) + bare_strings(text) == []


@pytest.mark.parametrize("path", source.FILES, ids=source.name)
def test_no_text_hides_in_an_f_string(path):
    assert list(hidden(source.tree(path))) == []


@pytest.mark.parametrize(
    "bad",
    [
        "<p>Belum ada</p>",
        '<nav aria-label="Utama"></nav>',
        "{% if a %}Ya{% endif %}",
        '{{ ui.say("Belum ada peserta") }}',
        '{{ _("Satu") ~ "Dua" }}',
    ],
)
def test_a_text_that_nobody_can_translate_is_noticed(bad):
    assert bare_words(bad) + bare_strings(bad)


def test_a_hidden_text_is_noticed():
    assert list(hidden(ast.parse("f\"{_('Hari ini')} 10.42\""))) == [1]


@pytest.mark.parametrize(
    "good", ['<p>{{ _("Belum ada") }}</p>', '<a title="{{ _(\'Satu\') }}" class="btn main">CSV</a>']
)
def test_a_wrapped_text_and_a_name_are_left_alone(good):
    assert bare_words(good) + bare_strings(good) == []
