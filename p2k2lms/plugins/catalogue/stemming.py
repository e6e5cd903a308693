"""Words and their Indonesian stems, the same whatever the database; the only file that knows the stemmer."""

import re
import threading
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+", re.UNICODE)
_local = threading.local()


def words(text: str) -> list[str]:
    """The words of a text, as they stand."""
    return WORD.findall(text)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a word: "mengasuh" and "pengasuhan" share theirs."""
    if not hasattr(_local, "stemmer"):
        _local.stemmer = snowballstemmer.stemmer("indonesian")
    return str(_local.stemmer.stemWord(word.lower()))
