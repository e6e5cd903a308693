"""Small secrets at rest: sealed with a key that is not in the database; the only file that knows how to seal.

A sealed value reads `1.<key id>.<base64 of nonce and AES-256-GCM text>`. Its purpose, the name of the column,
is authenticated with it, so that a value moved to another column does not open. The first key seals, every
key opens; `keys reseal` brings old values under the first. A blind index (HMAC under a key of its own, which
no rotation changes) lets a query find an equal value without opening any.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from sqlalchemy import Text
from sqlalchemy.types import TypeDecorator

from p2k2lms.core.errors import Conflict
from p2k2lms.core.i18n import _

FORMAT = "1"
NONCE_BYTES = 12
KEY = re.compile(r"([a-z0-9-]{1,20}):([0-9a-f]{64})")


class Unreadable(Exception):
    """A sealed value cannot be opened: its key is missing, or it was changed, or it was moved."""


@dataclass(frozen=True)
class Keys:
    """The keys of this installation: the first seals, all open; `index` makes blind indexes."""

    first: str
    by_id: Mapping[str, AESGCM] = field(repr=False)
    index: bytes = field(repr=False)


def new_key(name: str) -> str:
    """One key in the form of the setting: its id and 256 random bits."""
    return f"{name}:{secrets.token_hex(32)}"


@lru_cache(maxsize=8)
def read_keys(seal_keys: str, index_key: str) -> Keys:
    """The keys as the two settings say them; Conflict when they are missing or not in their form."""
    found = [KEY.fullmatch(part.strip()) for part in seal_keys.split(",") if part.strip()]
    pairs = [(one[1], one[2]) for one in found if one]
    if not pairs or len(pairs) != len(found) or len(dict(pairs)) != len(pairs):
        raise Conflict(_("Kunci penyegel belum disetel dengan benar: P2K2_SEAL_KEYS."))
    if len(index_key) < 32:
        raise Conflict(_("Kunci indeks belum disetel dengan benar: P2K2_INDEX_KEY."))
    ciphers = {name: AESGCM(bytes.fromhex(secret)) for name, secret in pairs}
    return Keys(pairs[0][0], ciphers, index_key.encode())


def keys() -> Keys:
    """The keys of the running installation."""
    return read_keys(current_app.config["SEAL_KEYS"], current_app.config["INDEX_KEY"])


def seal(text: str, purpose: str) -> str:
    """The text, sealed under the first key for this purpose."""
    held, nonce = keys(), secrets.token_bytes(NONCE_BYTES)
    hidden = held.by_id[held.first].encrypt(nonce, text.encode(), _bound_to(held.first, purpose))
    return f"{FORMAT}.{held.first}.{base64.b64encode(nonce + hidden).decode()}"


def unseal(sealed: str, purpose: str) -> str:
    """The text again; Unreadable when it was sealed elsewhere, for something else, or changed since."""
    form, _dot, rest = sealed.partition(".")
    key_id, _dot, body = rest.partition(".")
    cipher = keys().by_id.get(key_id)
    if form != FORMAT or cipher is None:
        raise Unreadable(f"{purpose}: no key {key_id[:20]!r}")
    try:
        raw = base64.b64decode(body, validate=True)
        if base64.b64encode(raw).decode() != body:
            raise ValueError("not as it was written")
        return cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound_to(key_id, purpose)).decode()
    except (InvalidTag, ValueError) as fault:
        raise Unreadable(purpose) from fault


def is_old(sealed: str) -> bool:
    """True if the value is not under the first key."""
    return not sealed.startswith(f"{FORMAT}.{keys().first}.")


def blind(text: str, purpose: str) -> str:
    """The same for equal texts of one purpose, and telling nothing to who has not the index key."""
    return hmac.new(keys().index, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


def _bound_to(key_id: str, purpose: str) -> bytes:
    return f"{FORMAT}\0{key_id}\0{purpose}".encode()


class Sealed(TypeDecorator[str]):
    """A text column that the database holds sealed: `mapped_column(Sealed("identity.person.nik"))`."""

    impl = Text
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else seal(value, self.purpose)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else unseal(value, self.purpose)
