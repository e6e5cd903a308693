"""Where a card stands on the web: an address that every plugin may write, also a neighbour of the one that shows it."""


def card_path(course: str, sesi: str, step: str) -> str:
    """The root-relative address of a langkah; fixed for good, since it is printed and sent around."""
    return f"/belajar/{course}/{sesi}/{step}"
