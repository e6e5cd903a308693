"""Markdown to HTML that may be shown as it is; the only file that knows python-markdown and nh3."""

import html
import re
from collections.abc import Callable

import markdown
import nh3
from markupsafe import Markup

EXTENSIONS = ("tables", "sane_lists", "def_list", "admonition", "pymdownx.betterem")
TAGS = frozenset(
    {
        "p",
        "br",
        "hr",
        "h2",
        "h3",
        "h4",
        "strong",
        "em",
        "b",
        "i",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
        "img",
        "code",
        "pre",
        "div",
    }
)
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "div": {"class"}, "p": {"class"}, "ol": {"start"}}
SCHEMES = {"https", "http", "mailto", "tel"}
_IMAGE = re.compile(r"<img\b[^>]*>")
_VALUE = re.compile(r'\b(src|alt)="([^"]*)"')
_HREF = re.compile(r'<a href="([^"]*)"')


PASTED = frozenset(
    {
        *("p", "div", "br", "span", "b", "strong", "i", "em", "a", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("ul", "ol", "li", "table", "tr", "td", "th"),
    }
)
STYLED = {"p": {"style", "class"}, "span": {"style"}, "a": {"href"}}
UNSEEN = {"script", "style", "title", "xml", "svg", "math", "template", "noscript", "iframe", "object"}


class Renderer:
    """Renders many texts with one parser; not for two threads at once."""

    def __init__(self) -> None:
        self._markdown = markdown.Markdown(extensions=EXTENSIONS, output_format="html")

    def html(self, text: str, picture: Callable[[str, str], str] = lambda name, alt: "") -> Markup:
        """Sanitised HTML; `picture(name, alt)` gives the drawing that takes an image's place."""
        self._markdown.reset()
        clean = nh3.clean(
            self._markdown.convert(text),
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes=SCHEMES,
            link_rel="noopener noreferrer",
        )
        return Markup(_IMAGE.sub(lambda found: _draw(found[0], picture), clean))


def _draw(tag: str, picture: Callable[[str, str], str]) -> str:
    values = {name: html.unescape(value) for name, value in _VALUE.findall(tag)}
    return picture(values.get("src", ""), values.get("alt", ""))


def links(rendered: str) -> list[str]:
    """The addresses that a rendered text leads to."""
    return [html.unescape(address) for address in _HREF.findall(rendered)]


def tidy(pasted: str) -> str:
    """HTML from another program with its structure alone; what nobody was meant to read is gone."""
    clean: str = nh3.clean(
        pasted, tags=PASTED, clean_content_tags=UNSEEN, attributes=STYLED, url_schemes=SCHEMES, link_rel=None
    )
    return clean
