"""Codes that open an account once: their signs, how long they hold, and whom one may help with one."""

from collections.abc import Callable, Collection
from datetime import timedelta

from p2k2lms.plugins.identity.rules import plain

ALPHABET = "34679ACDEFGHJKMNPQRTVWXY"  # no two that look alike: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V
SIGNS = 8
RECOVERY_CODES, RECOVERY_SIGNS = 10, 10
ACTIVATION, RESET = "activation", "reset"
LASTS = {ACTIVATION: timedelta(days=30), RESET: timedelta(minutes=15)}
TOLD = 3  # at so many sign-ins the person is told of a reset
SECOND_FACTOR = frozenset({"admin", "evaluator", "koordinator"})  # roles that sign in with a code of a second device
BY_SUPERVISOR = frozenset({"pendamping"})  # all that a supervisor's code may open


def new(draw: Callable[[str], str]) -> str:
    """A new code; `draw` picks one sign, as `secrets.choice` does."""
    return "".join(draw(ALPHABET) for _ in range(SIGNS))


def new_recovery(draw: Callable[[str], str]) -> str:
    """A new recovery code, drawn in the same way."""
    return "".join(draw(ALPHABET) for _ in range(RECOVERY_SIGNS))


def read(typed: str) -> str | None:
    """The code that somebody typed, in whatever letters and groups; None if it cannot be one."""
    bare = "".join(sign for sign in plain(typed[:40]).upper() if sign.isalnum())
    return bare if len(bare) == SIGNS and set(bare) <= set(ALPHABET) else None


def grouped(code: str) -> str:
    """The code as it is read aloud: ACDE-F346."""
    return f"{code[:4]}-{code[4:]}"


def reset_fault(by_admin: bool, roles: Collection[str], all_below: bool) -> str:
    """Why nobody may be helped so: "second" for a role with a second factor, "upward", or "" when one may.

    `all_below`: all that the person is today lies in the units of the one who helps. A supervisor's code opens
    nothing but a pendamping, so that it never leads to a role of one's own height or above.
    """
    held = set(roles)
    if held & SECOND_FACTOR:
        return "second"
    if by_admin and all_below:
        return ""
    return "upward" if by_admin or not held or held - BY_SUPERVISOR else ""
