"""Templates keep to the content policy and to escaping: nothing inline, nothing declared safe."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "templates"
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))
PRINTED = re.compile(r"pdf|sttpp|print")  # documents for WeasyPrint: no browser, no policy
FORBIDDEN = {
    "an inline style": re.compile(r"<style\b|\sstyle\s*="),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "an address of script": re.compile(r"javascript:", re.I),
    "a text declared safe": re.compile(r"\|\s*safe\b|autoescape\s+false"),
    "something from another site": re.compile(
        r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=[\"'](?:https?:)?//"
    ),
}


def faults(text: str, printed: bool = False) -> list[str]:
    bare = re.sub(r"\{#.*?#\}", "", text, flags=re.S)
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(bare) and not (printed and "style" in what)]


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_inline_and_nothing_declared_safe(name):
    assert faults((ROOT / name).read_text("utf-8"), bool(PRINTED.search(name))) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_post_form_carries_its_token(name):
    for form in re.findall(
        r"<form\b[^>]*method=[\"']post[\"'].*?</form>", (ROOT / name).read_text("utf-8"), re.S | re.I
    ):
        assert re.search(r"token\(\)|csrf_token|hidden_tag\(\)", form), form[:80]


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="a">',
        "<style>",
        "<script>x</script>",
        '<a onclick="x">',
        "{{ a|safe }}",
        '<img src="//x.example/a.png">',
    ],
)
def test_the_check_itself_can_fail(bad):
    assert faults(bad)
