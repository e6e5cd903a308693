"""Codes of six digits that an app on a second phone shows (RFC 6238); the only file that knows pyotp.

The library is loaded with the first code, so that a web process starts fast.
"""

import hmac
from datetime import datetime
from typing import Any

ISSUER = "Langkah P2K2"
STEP_SECONDS = 30
EITHER_SIDE = 1  # clocks of phones differ: one step before and after is taken too


def new_secret() -> str:
    """A secret for one person, 160 random bits in base 32."""
    return str(_library().random_base32())


def address(secret: str, name: str) -> str:
    """What the app reads from the picture."""
    return str(_library().TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER))


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """The time step whose code this is, within one step of now; None for a wrong code."""
    here, maker = int(now.timestamp()) // STEP_SECONDS, _library().TOTP(secret, interval=STEP_SECONDS)
    steps = (here + offset for offset in range(-EITHER_SIDE, EITHER_SIDE + 1))
    return next((s for s in steps if hmac.compare_digest(maker.generate_otp(s), typed)), None)


def _library() -> Any:
    import pyotp

    return pyotp
