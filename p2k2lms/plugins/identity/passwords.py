"""Hashes and checks passwords; the only file that knows argon2."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from p2k2lms.core.errors import Conflict
from p2k2lms.core.i18n import _

AT_ONCE = 2  # each takes 12 MiB and a core: more at once would only make every page of this process wait
PATIENCE_SECONDS = 10

# Of the settings that OWASP holds for equally strong (19 MiB twice, 12 MiB three times, ...) the one that costs
# a small server less; a hash of other settings is made anew at the next sign-in.
_hasher = PasswordHasher(time_cost=3, memory_cost=12 * 1024, parallelism=1)
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
        return _hasher.hash(password)


def fits(password: str, known: str | None) -> bool:
    """True if the password made this hash; without a hash the same work is done and the answer is no."""
    stand_in = _stand_in()
    with _place():
        try:
            return _hasher.verify(known or stand_in, password) and known is not None
        except (VerificationError, InvalidHashError):
            return False


def is_dated(known: str) -> bool:
    """True if the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(known)


@cache
def _stand_in() -> str:
    """The hash of a word that nobody has: an unknown account costs what a known one costs."""
    return _hasher.hash("nobody has this password")
