"""The one table of who gets what: `routes.txt`, a line for each route and method, held against the URL map.

    POST /kelola/orang/<person_id>/tutup   *=403 admin=303/404

Method, rule, then cells `who=status` or `who=own/other`: the status for who works here and owns or looks after
the thing, and for the same role elsewhere. `*` is every role and `account`, who is signed in without a posting;
a visitor gets 302 (401 below /api/) unless `visitor=` says otherwise. After `|` stand the fields that are sent.
`python -m tests.access` prints a line for each route that has none, with what it answers now: read it, ask of
each cell whether it should be so, and put it in its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote

from flask import Flask
from werkzeug.routing import Rule

from p2k2lms.plugins.identity.values import ROLES
from tests.access.world import World

FILE = Path(__file__).with_name("routes.txt")
SIGNED_IN = ("account", *ROLES)
PLACES = ("own", "other")
SILENT = {"HEAD", "OPTIONS"}


@dataclass(frozen=True)
class Row:
    """One line: what each role, here and elsewhere, gets from a route."""

    method: str
    rule: str
    cells: dict[tuple[str, str], int]
    fields: dict[str, str]

    @property
    def name(self) -> str:
        return f"{self.method} {self.rule}"


def rows() -> list[Row]:
    """The table as it is written."""
    lines = (line.partition("#")[0].strip() for line in FILE.read_text("utf-8").splitlines())
    return [read(line) for line in lines if line]


def read(line: str) -> Row:
    """One line of the table; a word that is no role, or no status, is an error."""
    said, _, fields = line.partition("|")
    method, rule, *words = said.split()
    told = dict(word.split("=") for word in words)
    assert told.keys() <= {"*", "visitor", *SIGNED_IN}, line
    refused = "401" if rule.startswith("/api/") else "302"
    cells = {("visitor", "own"): int(told.get("visitor", refused))}
    for who in SIGNED_IN:
        own, _, other = told.get(who, told.get("*", "")).partition("/")
        assert own, f"{who} is missing: {line}"
        cells[who, "own"] = int(own)
        if who != "account" and (other or own != "403"):  # 403 is said to a role, wherever it works
            cells[who, "other"] = int(other or own)
    return Row(method, rule, cells, dict(parse_qsl(fields.strip(), keep_blank_values=True)))


def plain(rule: Rule) -> str:
    """The rule with the names of its arguments alone."""
    return "".join(f"<{part}>" if dynamic else part for dynamic, part in rule._trace).replace("|", "", 1)


def routes(app: Flask) -> Iterator[tuple[str, str, Rule]]:
    """Every method and rule that the platform answers."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - SILENT):
            yield method, plain(rule), rule


def address(world: World, path: str, rule: Rule) -> str:
    """The rule with things of the world in the place of its arguments."""
    for name in rule.arguments:
        path = path.replace(f"<{name}>", quote(str(world.value(rule.endpoint, name))))
    return path


def ask(world: World, row_method: str, rule: Rule, who: str, place: str, fields: dict[str, str]) -> int:
    """The status that somebody gets; what it changed is undone."""
    where, client = address(world, plain(rule), rule), world.client(who, place)
    if row_method == "GET":
        return client.get(where).status_code
    answer = client.open(where, method=row_method, data=fields)
    if answer.status_code < 400:
        with world.as_it_was():
            pass
    return answer.status_code
