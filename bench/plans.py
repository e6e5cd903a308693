"""What a database says about its own work: which large tables a plan walks through, and how many rows were read."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

LARGE = (
    *("core_submission", "core_audit", "delivery_step_done", "assessment_answer"),
    *("fieldwork_meeting", "fieldwork_meeting_group", "fieldwork_group_month", "fieldwork_leader_month"),
    *("indicators_indicator_month", "evaluation_answer_value"),
)
NEWEST_FIRST = re.compile(r"ORDER BY \w+\.(id|key) DESC\s+LIMIT")
READS_NOTHING = {"Bitmap Index Scan", "Subquery Scan", "CTE Scan", "WorkTable Scan", "Function Scan", "Values Scan"}


def scans(statement: str, plan: Sequence[str]) -> list[str]:
    """The large tables that this plan of SQLite walks through.

    A list read newest first, along an index of its own until it is full, does not.
    """
    if NEWEST_FIRST.search(statement) and not any("TEMP B-TREE" in line for line in plan):
        plan = [line for line in plan if " USING INDEX " not in line]
    also = {alias: name for name in LARGE for alias in re.findall(rf"\b{name} AS (\w+)", statement)}
    walked = {found.group(1) for line in plan if (found := re.match(r"SCAN (\w+)(?! .*VIRTUAL TABLE)", line))}
    return sorted({also.get(name, name) for name in walked} & set(LARGE))


def rows_read(node: dict[str, Any]) -> int:
    """The rows that a plan of PostgreSQL (EXPLAIN ANALYZE, as JSON) has taken from tables and indexes."""
    own = 0.0
    if node["Node Type"].endswith("Scan") and node["Node Type"] not in READS_NOTHING:
        left_out = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
        own = (node.get("Actual Rows", 0) + left_out) * node.get("Actual Loops", 1)
    return round(own) + sum(rows_read(one) for one in node.get("Plans", ()))


def walked(node: dict[str, Any]) -> Iterator[str]:
    """The tables that a plan of PostgreSQL reads from end to end."""
    if node["Node Type"] in ("Seq Scan", "Parallel Seq Scan") and node.get("Actual Loops", 1):
        yield node["Relation Name"]
    for one in node.get("Plans", ()):
        yield from walked(one)
