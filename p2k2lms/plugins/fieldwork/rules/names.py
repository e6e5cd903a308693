"""What a group is called: as it is kept, and when two names are one."""

import unicodedata


def kept(text: str) -> str:
    """A name as it is kept: in single spaces, composed, with nothing that cannot be seen."""
    composed = unicodedata.normalize("NFC", text)
    seen = "".join(" " if c.isspace() else c for c in composed if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(seen.split())


def heard(name: str) -> str:
    """A name as people hear it: equal for two that differ in letters' size, width or spaces alone."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
