"""Hashes and checks passwords; the only file that knows argon2id."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id

from p2k2lms.core.errors import Conflict
from p2k2lms.core.i18n import _

AT_ONCE = 2  # each takes 12 MiB and a core: more at once would only make every page of this process wait
PATIENCE_SECONDS = 10

# Of the settings that OWASP holds for equally strong (19 MiB twice, 12 MiB three times, ...) one that costs
# a small server little; a hash of other settings is made anew at the next sign-in.
MEMORY_KIB, TURNS = 12 * 1024, 3
TODAYS = f"$argon2id$v=19$m={MEMORY_KIB},t={TURNS},p=1$"
_places = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def _place() -> Iterator[None]:
    """One of the few places for hashing; who waits too long is told so."""
    if not _places.acquire(timeout=PATIENCE_SECONDS):
        raise Conflict(_("Banyak yang masuk bersamaan. Pekerjaan Anda aman. Coba lagi satu menit lagi."))
    try:
        yield
    finally:
        _places.release()


def hashed(password: str) -> str:
    """The argon2id hash of a password, with a salt of its own."""
    with _place():
        return _hash(password)


def fits(password: str, known: str | None) -> bool:
    """True if the password made this hash; without a hash the same work is done and the answer is no."""
    stand_in = _stand_in()
    with _place():
        try:
            return argon2id.verify((known or stand_in).encode(), password.encode()) and bool(known)
        except CryptoError:  # another password, or no hash at all
            return False


def is_dated(known: str) -> bool:
    """True if the hash was made with other parameters than today's."""
    return not known.startswith(TODAYS)


def _hash(password: str) -> str:
    return argon2id.str(password.encode(), opslimit=TURNS, memlimit=MEMORY_KIB * 1024).decode()


@cache
def _stand_in() -> str:
    """The hash of a word that nobody has: an unknown account costs what a known one costs."""
    return _hash("nobody has this password")
