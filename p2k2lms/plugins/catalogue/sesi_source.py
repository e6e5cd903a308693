"""The head of a sesi as fields that a person fills in, and back; keys that the page does not show stay."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from p2k2lms.plugins.catalogue import card_source
from p2k2lms.plugins.catalogue.values.sesi import UNWRITTEN

PLAIN = ("title", "aim", "homework", "safeguarding")
LISTS = ("materials", "key_messages", "handraise", "adaptations")
GOAL = "objective."
_NUMBER = re.compile(r"-t(\d{1,2})")


def fields_of(text: str) -> dict[str, str]:
    """What the page shows of a sesi. Raises Unreadable where the front matter is no YAML."""
    head, body = card_source.split(text)
    shown = {name: str(head.get(name) or "") for name in PLAIN}
    shown |= {name: "\n".join(map(str, card_source.listed(head.get(name)))) for name in LISTS}
    shown |= {f"{GOAL}{name}": said for name, said in objectives(head).items()}
    return shown | {"written": "1" if head.get("written", True) else "", "body": body.strip()}


def objectives(head: Mapping[str, Any]) -> dict[str, str]:
    """The objectives of a sesi by their permanent ids."""
    rows = card_source.listed(head.get("objectives"))
    return {str(row.get("id", "")): str(row.get("text", "")) for row in rows if isinstance(row, dict)}


def last_objective(sesi: str, texts: Iterable[str]) -> int:
    """The highest number that an objective of a sesi ever had in these texts."""
    form = re.compile(rf"\b{re.escape(sesi)}-t(\d{{1,2}})\b")
    return max((int(number) for text in texts for number in form.findall(text)), default=0)


def with_fields(text: str, fields: Mapping[str, str], minutes: int, last: int = 0) -> str:
    """The sesi with what was typed, and the minutes that its cards add up to; an empty objective goes.

    New objectives are numbered above `last` and above those that stand: an id is never given again.
    """
    head, _body = card_source.split(text)
    for name in PLAIN:
        card_source.put(head, name, " ".join(fields.get(name, "").split()))
    for name in LISTS:
        card_source.put(head, name, [line.strip() for line in fields.get(name, "").splitlines() if line.strip()])
    goals = {name: " ".join(fields.get(f"{GOAL}{name}", "").split()) for name in objectives(head)}
    fresh = [" ".join(line.split()) for line in fields.get("objectives_new", "").splitlines() if line.strip()]
    last = max([last, *(int(n[1]) for name in goals if (n := _NUMBER.search(name)))])
    goals |= {f"{head.get('id')}-t{last + n}": said for n, said in enumerate(fresh, 1)}
    head["objectives"] = [{"id": name, "text": said} for name, said in goals.items() if said]
    head["written"] = bool(fields.get("written"))
    card_source.put(head, "minutes", minutes)
    body = fields.get("body", "").replace("\r\n", "\n").strip()
    return card_source.joined(head, body + "\n" if body else "")


def blank(name: str, title: str) -> str:
    """A sesi of which only the title is written."""
    goal = [{"id": f"{name}-t1", "text": UNWRITTEN}]
    return card_source.joined({"id": name, "title": title, "aim": UNWRITTEN, "objectives": goal, "written": False}, "")
