"""The words of QTI 2 markup: paragraphs, blanks, pictures by what they show; interactions keep only their prompt."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from p2k2lms.plugins.assessment.formats import plain

Lose = Callable[[str], None]
BLANK = "_____"
INLINE = ("textEntryInteraction", "inlineChoiceInteraction")
MEDIA = ("object", "audio", "video")
SKIPPED = frozenset(
    ("feedbackInline", "feedbackBlock", "rubricBlock", "templateInline", "simpleChoice", "inlineChoice")
)
ASSOCIATED = ("simpleMatchSet", "simpleAssociableChoice")


def words(element: Element, lose: Lose) -> str:
    """The plain text below an element."""
    parts: list[str] = [element.text or ""]
    for child in element:
        _gather(child, parts, lose)
        parts.append(child.tail or "")
    return _strip_blank(plain.tidy("".join(_flat(part) for part in parts)))


def _flat(part: str) -> str:
    """Breaks of the markup's own lines are spaces; those that we put in stay."""
    return part if part == "\n\n" else " ".join(part.split("\n"))


def _strip_blank(text: str) -> str:
    """A blank that stands alone at the end is only where the answer goes."""
    return text.removesuffix("\n\n" + BLANK)


def _gather(element: Element, parts: list[str], lose: Lose) -> None:
    if element.tag in SKIPPED or element.tag in ASSOCIATED:
        return
    if element.tag == "img":
        lose("picture")
        parts.append(f" [{element.get('alt')}] " if element.get("alt") else "")
    elif element.tag in MEDIA:
        lose("medium")
    elif element.tag in ("table", "math"):
        lose("layout")
    block = element.tag in plain.BREAKS or element.tag in ("prompt", "simpleChoice")
    parts.append("\n\n" if block else "")
    parts.append(BLANK if element.tag in INLINE else element.text or "")
    for child in element:
        _gather(child, parts, lose)
        parts.append(child.tail or "")
    parts.append("\n\n" if block else "")
