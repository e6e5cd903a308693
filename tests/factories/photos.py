"""Pictures for tests, drawn on the spot."""

import hashlib
import io
from functools import cache

from PIL import Image


def a_picture(width: int = 400, height: int = 300, kind: str = "JPEG", **traits) -> bytes:
    """A picture of stripes, as a camera would write it."""
    file = io.BytesIO()
    drawn = Image.linear_gradient("L").resize((width, height)).convert(traits.pop("mode", "RGB"))
    drawn.save(file, kind, **traits)
    return file.getvalue()


@cache
def a_noisy_picture(width: int, height: int) -> bytes:
    """A picture of noise: nothing compresses worse."""
    file = io.BytesIO()
    Image.effect_noise((width, height), 120).convert("RGB").save(file, "JPEG", quality=90)
    return file.getvalue()


def sha_of(data: bytes) -> str:
    """The name of these bytes."""
    return hashlib.sha256(data).hexdigest()
