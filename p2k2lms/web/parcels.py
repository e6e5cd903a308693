"""A file that a phone takes along: JSON, squeezed once, named by its hash, kept for ever by whoever fetched it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import brotli
from flask import Response, make_response, request

QUALITY = 6  # of the compression: done once for each process, then sent many times
FOR_EVER = 365 * 24 * 3600
KEPT = f"private, max-age={FOR_EVER}, immutable"  # what is named by its content never changes


@dataclass(frozen=True)
class Parcel:
    """What a phone keeps of a sesi; `small` are the bytes that travel, `sha` names what they unfold to.

    `photos` are the addresses that it shows and takes along too, with what each weighs.
    """

    sesi: str
    sha: str
    small: bytes
    photos: Mapping[str, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """What it weighs on its way."""
        return len(self.small) + sum(self.photos.values())

    @property
    def name(self) -> str:
        """The last part of its address: it changes with the content, so that it may be kept for ever."""
        return f"{self.sesi}-{self.sha[:16]}"

    @property
    def text(self) -> bytes:
        """The JSON for whoever cannot unfold it."""
        return bytes(brotli.decompress(self.small))


def packed(sesi: str, content: Mapping[str, Any], photos: Mapping[str, int] = {}) -> Parcel:
    """This content as a parcel, with those of these photos that it shows."""
    said = json.dumps({"sesi": sesi, **content}, ensure_ascii=False, separators=(",", ":"))
    text = said.encode()
    shown = {address: size for address, size in photos.items() if address in said}
    return Parcel(sesi, hashlib.sha256(text).hexdigest(), brotli.compress(text, quality=QUALITY), shown)


def sent(parcel: Parcel) -> Response:
    """The parcel as an answer."""
    small = request.accept_encodings.quality("br") > 0
    answer = make_response(parcel.small if small else parcel.text)
    if small:
        answer.content_encoding = "br"
    answer.mimetype = "application/json"
    answer.vary.add("Accept-Encoding")
    answer.headers["Cache-Control"] = KEPT
    return answer


def told(parcel: Parcel | None, url: str) -> dict[str, Any] | None:
    """What a plan says of a file: where it is, what it must be, what it weighs."""
    if parcel is None:
        return None
    return {"url": url, "sha": parcel.sha, "bytes": parcel.size, "photos": list(parcel.photos)}
