"""What a search over cards needs and gives: the index of a version, and hits."""

from dataclasses import dataclass

from p2k2lms.plugins.catalogue.values.shape import Shape


class SearchIndex(Shape):
    """The stems of a version's cards: `postings[stem]` lists (place in `steps`, weighted count)."""

    steps: tuple[str, ...]
    lengths: tuple[int, ...]
    postings: dict[str, tuple[tuple[int, int], ...]]


@dataclass(frozen=True)
class SearchHit:
    """A card that was found, with a piece of its text around the first word that matched."""

    version_id: int
    course: str
    sesi_id: str
    sesi_title: str
    step_id: str
    title: str
    before: str
    match: str
    after: str
