"""How many of something a test takes: enough to prove it in every run, as many as there ever will be in `make soak`."""

import os


def many(enough: int, all_there_will_be: int) -> int:
    """The first number, or the second in `make soak`."""
    return all_there_will_be if os.environ.get("SOAK") else enough
