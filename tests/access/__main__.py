"""`python -m tests.access [--write]`: a line for each route without one, with the statuses that it gives now.

With `--write` the lines are put into the table, which is sorted, and lines of routes that are gone are taken out.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from p2k2lms.core import clock
from tests import databases
from tests.access import table
from tests.access.world import NOON, World, build, known_at_the_door


def line(world: World, method: str, rule: table.Rule) -> str:
    """A row as the platform answers today: the commonest answer first, then who gets another."""
    keys = [(who, place) for who in table.SIGNED_IN for place in table.PLACES if (who, place) in world.actors]
    got = {key: table.ask(world, method, rule, *key, {}) for key in keys}
    visitor = table.ask(world, method, rule, "visitor", "own", {})
    cells = {who: f"{got[who, 'own']}/{got.get((who, 'other'), got[who, 'own'])}" for who in table.SIGNED_IN}
    short = {who: cell[:3] if cell[:3] == cell[4:] else cell for who, cell in cells.items()}
    common = Counter(short.values()).most_common(1)[0][0]
    refused = 401 if rule.rule.startswith("/api/") else 302
    said = [f"visitor={visitor}"] * (visitor != refused) + [f"*={common}"]
    said += [f"{who}={cell}" for who, cell in short.items() if cell != common]
    return f"{method} {table.plain(rule)} {' '.join(said)}"


def missing() -> tuple[list[str], set[tuple[str, str]]]:
    """The lines that the table lacks, and all routes there are."""
    known, made = {(row.method, row.rule) for row in table.rows()}, []
    with tempfile.TemporaryDirectory() as name:
        app = databases.migrated_app(Path(name), f"sqlite:///{name}/world.db", WTF_CSRF_ENABLED=False)
        with app.app_context():
            world, there = build(app), list(table.routes(app))
            with known_at_the_door(world), clock.stopped(NOON):
                for method, rule, about in there:
                    if (method, rule) not in known:
                        try:
                            made.append(line(world, method, about))
                        except AssertionError as fault:
                            print(f"# {method} {rule}: {fault}", file=sys.stderr)
        databases.close(app)
    return made, {(method, rule) for method, rule, _ in there}


def main() -> None:
    """Print what is missing, or put it in."""
    made, there = missing()
    print("\n".join(made))
    if "--write" in sys.argv:
        lines = table.FILE.read_text("utf-8").splitlines()
        head = [one for one in lines if one.startswith("#")]
        rows = [one for one in [*lines, *made] if one and not one.startswith("#") and tuple(one.split()[:2]) in there]
        rows.sort(key=lambda one: one.split()[1::-1])
        table.FILE.write_text("\n".join([*head, *dict.fromkeys(rows)]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
