"""Which part of the country a path of units names."""

COUNTRY = 2  # slashes in the path of the whole country
KABUPATEN, KECAMATAN = 5, 6  # how many pieces of /ID/R4/62/62.03/62.03.01/ name it


def is_country(path: str) -> bool:
    """The path of the whole country."""
    return path.count("/") == COUNTRY


def kabupaten_of(path: str) -> str:
    """The path of the kabupaten that this place lies in; a place above one is its own."""
    return _upto(path, KABUPATEN)


def kecamatan_of(path: str) -> str:
    """The path of the kecamatan that this place lies in; a place above one is its own."""
    return _upto(path, KECAMATAN)


def _upto(path: str, pieces: int) -> str:
    return "/".join(path.rstrip("/").split("/")[:pieces]) + "/"
