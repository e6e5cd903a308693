"""What several tables of the field say in the same words."""

from sqlalchemy import String

PATH = String(120).with_variant(String(120, collation="C"), "postgresql")
NOT_EMPTY_SPAN = "valid_to IS NULL OR valid_to > valid_from"


def one_of(column: str, words: tuple[str, ...]) -> str:
    """The condition that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(word) for word in words)})"
