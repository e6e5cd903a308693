"""A photo of a course: the document that stands for it, and the address under which its bytes are kept for ever."""

import re
from typing import Literal

from pydantic import Field

from p2k2lms.plugins.catalogue.values.shape import Shape

EDGE, MOST = 1080, 60_000  # pixels and bytes: sharp on a phone, and seconds on a weak signal
_TOLD = re.compile(r"foto (?P<sha>[0-9a-f]{64}) (?P<kind>jpg|png|webp) (?P<width>\d+)x(?P<height>\d+) (?P<size>\d+)\n")


class MediaDef(Shape):
    """A raster picture by the hash of its bytes."""

    sha: str = Field(pattern=r"^[0-9a-f]{64}$")
    kind: Literal["jpg", "png", "webp"]
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    size: int = Field(gt=0)

    @property
    def text(self) -> str:
        """What its document holds in place of bytes."""
        return f"foto {self.sha} {self.kind} {self.width}x{self.height} {self.size}\n"

    @property
    def address(self) -> str:
        """Where its bytes are; it changes with the content."""
        return f"/belajar/gambar/{self.sha}.{self.kind}"


def told(text: str) -> MediaDef | None:
    """The picture that a document stands for; None for any other text."""
    found = _TOLD.fullmatch(text)
    return MediaDef.model_validate(found.groupdict()) if found else None
