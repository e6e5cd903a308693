"""When a class is completed: facts and limits in, a decision with its reasons out."""

from typing import Any

from p2k2lms.plugins.progress.values import FAILED, PASSED, Condition, Decision, Facts, Limits

FILTERS = ("belum", "bawah", "lulus")
VERSION = 1  # raised whenever `decide` would answer otherwise on the same facts


def decide(facts: Facts, limits: Limits) -> Decision:
    """Passed only if every condition that the mode asks for is met; a course without cards is never completed."""
    conditions = [
        Condition("cards", facts.required, facts.read, all_read(facts.read, facts.required)),
        Condition("post_test", limits.post_test, facts.post, facts.post is not None and facts.post >= limits.post_test),
    ]
    if limits.attendance is not None:
        there = facts.attendance
        conditions.append(
            Condition("attendance", limits.attendance, there, there is not None and there >= limits.attendance)
        )
    if limits.micro_teaching:
        seen = facts.micro_teaching
        conditions.append(Condition("micro_teaching", 1, None if seen is None else int(seen), bool(seen)))
    return Decision(all(c.met for c in conditions), tuple(conditions))


def all_read(read: int, required: int) -> bool:
    """Every required card has been read; a course without cards has nothing to read, so never."""
    return 0 < required <= read


def rule_decides(mode: str, open_door: bool) -> bool:
    """Nobody closes a daring class whose door is always open: there the rule itself decides."""
    return mode == "daring" and open_door


def may_follow(earlier: str, decision: str) -> bool:
    """A pass stands until its certificate is revoked; who did not pass may pass later."""
    return earlier == "" or (earlier == FAILED and decision == PASSED)


def needs_reason(passes: bool, decision: str) -> bool:
    """Who decides against the proposal of the rule says why."""
    return passes is not (decision == PASSED)


def as_reasons(decision: Decision) -> list[dict[str, Any]]:
    """The conditions as they are kept beside the decision for ever."""
    return [{"key": c.key, "wanted": c.wanted, "there": c.there, "met": c.met} for c in decision.conditions]


def filters_of(complete: bool, post: int | None, limit: int, decision: str) -> tuple[str, ...]:
    """The filters of the grid under which a row is shown, besides the one that shows all."""
    open_still, below = not complete, post is not None and post < limit
    found = (("belum", open_still), ("bawah", below), ("lulus", decision == PASSED))
    return tuple(name for name, shown in found if shown)
