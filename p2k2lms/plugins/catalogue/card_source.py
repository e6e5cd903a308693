"""The text of a card as fields that a person fills in, and back; keys that the page does not show stay."""

import re
from collections.abc import Mapping
from typing import Any

from p2k2lms.plugins.catalogue import yaml_source
from p2k2lms.plugins.catalogue.reading import FRONT
from p2k2lms.plugins.catalogue.values.sesi import UNWRITTEN

PLAIN = ("title", "key", "try", "prove", "picture_alt")
TAUGHT = ("purpose", "ask", "adaptation")
LISTS = ("do", "say", "props")
GOAL = "objective."
ASKED = "review_question"  # a card with a question waits to be verified; without one it does not
_NO_MARKS = str.maketrans("[]", "()", "\\")
_FENCED = re.compile(
    r"^[ \t]*(?P<mark>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*$(?:.*?^[ \t]*(?P=mark)[`~]*[ \t]*$|.*\Z)", re.MULTILINE | re.DOTALL
)
"""A block of code between its fences, or to the end where it is not closed."""
Fields = Mapping[str, str]


def fields_of(text: str) -> dict[str, str]:
    """What the page shows of a card. Raises Unreadable where the front matter is no YAML."""
    head, body = split(text)
    teach = _taught(head)
    shown = {name: str(head.get(name, "")) for name in (*PLAIN, "minutes")}
    shown |= {f"teach.{name}": str(teach.get(name, "")) for name in TAUGHT}
    shown |= {f"teach.{name}": "\n".join(map(str, listed(teach.get(name)))) for name in LISTS}
    shown |= {f"{GOAL}{name}": "1" for name in listed(head.get("objectives"))}
    shown |= {ASKED: str(head.get(ASKED, "")), "body": body.strip()}
    return shown | {"required": "1" if head.get("required", True) else ""}


def is_step_id(name: str) -> bool:
    """True for the permanent id of a card, told by its form."""
    last = name.rpartition("-")[2]
    return "-" in name and last.startswith("l") and last[1:].isdigit()


def split(text: str) -> tuple[dict[str, Any], str]:
    """The front matter and the Markdown below it."""
    found = FRONT.match(text)
    if not found:
        return {}, text
    data, _lines = yaml_source.read(found["front"], first_line=2)
    return dict(data) if isinstance(data, dict) else {}, text[found.end() :]


def with_fields(text: str, fields: Fields) -> str:
    """The card with what was typed; an optional field that is empty is left out."""
    head, _body = split(text)
    for name in PLAIN:
        put(head, name, " ".join(fields.get(name, "").split()))
    minutes = fields.get("minutes", "").strip()
    head["minutes"] = int(minutes) if minutes.isascii() and minutes.isdigit() and len(minutes) < 6 else minutes
    head["required"] = bool(fields.get("required"))
    offered = fields.get("goals", "").split()
    meant = [name for name in offered if fields.get(f"{GOAL}{name}")]
    head["objectives"] = [one for one in listed(head.get("objectives")) if one not in offered] + meant
    asked = " ".join(fields.get(ASKED, str(head.get(ASKED, ""))).split())
    put(head, "review", "perlu-verifikasi" if asked else "")
    put(head, ASKED, asked)
    teach = _taught(head)
    for name in TAUGHT:
        put(teach, name, " ".join(fields.get(f"teach.{name}", "").split()))
    for name in LISTS:
        put(teach, name, [line.strip() for line in fields.get(f"teach.{name}", "").splitlines() if line.strip()])
    head["teach"] = teach
    body = fields.get("body", "").replace("\r\n", "\n").strip()
    return joined(head, body + "\n")


def joined(head: Mapping[str, Any], body: str) -> str:
    """A front matter and the Markdown below it as one text."""
    return f"---\n{yaml_source.write(dict(head))}---\n{body}"


def blank(title: str, objective: str) -> str:
    """A card of which only the title is written; its id is given later."""
    taught = {"purpose": UNWRITTEN, "do": [UNWRITTEN], "say": [UNWRITTEN], "ask": UNWRITTEN, "adaptation": UNWRITTEN}
    head = {"id": "", "title": title, "minutes": 5, "required": True, "objectives": [objective], "key": UNWRITTEN}
    return joined(head | {"teach": taught, "prove": UNWRITTEN}, UNWRITTEN + "\n")


def with_picture(text: str, name: str, alt: str, at: int | None = None) -> str:
    """The card with this picture and the words that stand for it: on top, or below the paragraph at this letter."""
    head, body = split(text)
    if at is None:
        return joined(head | {"picture": name, "picture_alt": alt}, body)
    body = body.strip()
    end = _end_of_paragraph(body, max(at, 0))
    shown = f"![{alt.translate(_NO_MARKS)}]({name})"
    return joined(head, "\n\n".join(one for one in (body[:end].rstrip(), shown, body[end:].strip()) if one) + "\n")


def _end_of_paragraph(body: str, at: int) -> int:
    """Where the paragraph at this letter ends; a fenced block is whole, blank lines and all."""
    end = body.find("\n\n", at)
    end = len(body) if end < 0 else end
    fences = (fence.span() for fence in _FENCED.finditer(body))
    return next((last for first, last in fences if first <= at < last or first <= end < last), end)


def _taught(head: Mapping[str, Any]) -> dict[str, Any]:
    """The part for the meeting; a card that came in from elsewhere may have anything there."""
    teach = head.get("teach")
    return dict(teach) if isinstance(teach, dict) else {}


def listed(value: object) -> list[object]:
    """The value, if it is a list; what came in from elsewhere may be anything."""
    return value if isinstance(value, list) else []


def put(head: dict[str, Any], name: str, value: Any) -> None:
    """Set a key, or leave it out where there is nothing to say."""
    if value:
        head[name] = value
    else:
        head.pop(name, None)
