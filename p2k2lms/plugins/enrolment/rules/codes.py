"""The code on the wall: which one is shown now, whether one is still good, and a ticket for who must sign in first."""

import hmac
import re
from hashlib import sha256

SLOT = 45  # seconds that a code is shown
GRACE = 15  # seconds more in which a phone may open it
TICKET_FOR = 600  # seconds in which who scanned in time may sign in
CODE = re.compile(r"(\d{1,10})-(\d{1,12})-([0-9a-f]{20})")
TICKET = re.compile(r"(\d{1,12})\.([0-9a-f]{32})")


def code_at(secret: str, session_id: int, second: int) -> str:
    """The code of a meeting that is shown at this second of Unix time."""
    slot = second // SLOT
    return f"{session_id}-{slot}-{_sign(secret, f'{session_id}-{slot}', 20)}"


def seconds_left(second: int) -> int:
    """How long the code of now is shown still."""
    return SLOT - second % SLOT


def session_of(code: str) -> int | None:
    """Which meeting a code is of; None for what is no code."""
    found = CODE.fullmatch(code)
    return int(found[1]) if found and int(found[1]) < 2**31 else None


def is_good(secret: str, code: str, second: int) -> bool:
    """True for a code that this meeting showed, and that was opened in time."""
    found = CODE.fullmatch(code)
    if found is None or not hmac.compare_digest(found[3], _sign(secret, f"{found[1]}-{found[2]}", 20)):
        return False
    begins = int(found[2]) * SLOT
    return begins <= second < begins + SLOT + GRACE


def ticket(secret: str, code: str, browser: str, second: int) -> str:
    """Says that this browser opened this good code at this second."""
    return f"{second}.{_sign(secret, f'{code} {browser} {second}', 32)}"


def ticket_holds(secret: str, said: tuple[str, str, str], second: int) -> bool:
    """True if the ticket (code, browser, ticket) was given by us, for a code that was good then, and not long ago."""
    code, browser, given = said
    found = TICKET.fullmatch(given)
    if found is None or not browser:
        return False
    at = int(found[1])
    ours = hmac.compare_digest(given, ticket(secret, code, browser, at))
    return ours and at <= second <= at + TICKET_FOR and is_good(secret, code, at)


def _sign(secret: str, text: str, length: int) -> str:
    return hmac.new(secret.encode(), text.encode(), sha256).hexdigest()[:length]
