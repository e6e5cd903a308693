"""Which part of the country a path of units names."""

KABUPATEN, KECAMATAN = 5, 6  # how many pieces of /ID/R4/62/62.03/62.03.01/ name it


def kabupaten_of(path: str) -> str:
    """The path of the kabupaten that this place lies in; a place above one is its own."""
    return _upto(path, KABUPATEN)


def kecamatan_of(path: str) -> str:
    """The path of the kecamatan that this place lies in; a place above one is its own."""
    return _upto(path, KECAMATAN)


def _upto(path: str, pieces: int) -> str:
    return "/".join(path.rstrip("/").split("/")[:pieces]) + "/"
