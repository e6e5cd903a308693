"""Which answer stands first, what stays beside a card, what holds a text back."""

from collections.abc import Collection, Iterable

from p2k2lms.plugins.forum.values import AT_ONCE, ENOUGH, SEEN, Best, PostCard

MOST_BEST, BEGINNING = 3, 220


def ranked(answers: Iterable[PostCard]) -> list[PostCard]:
    """Confirmed answers first, then by how many they helped, then as they came; what is not seen goes last."""
    return sorted(answers, key=lambda a: (a.look != SEEN, a.confirmed_by is None, -a.helpful, a.at))


def best(answers: Iterable[PostCard]) -> list[Best]:
    """At most three for the shelf: confirmed ones, and those that helped somebody."""
    good = [a for a in ranked(answers) if a.look == SEEN and (a.confirmed_by or a.helpful)]
    return [
        Best(
            str(a.thread_id), str(a.id), a.tip or beginning(a.text), bool(a.tip), a.confirmed_by is not None, a.helpful
        )
        for a in good[:MOST_BEST]
    ]


def beginning(text: str) -> str:
    """As much of a text as stands beside a card, cut between words."""
    whole = " ".join(text.split())
    return whole if len(whole) <= BEGINNING else whole[:BEGINNING].rsplit(" ", 1)[0] + " …"


def is_held(reasons: Collection[str]) -> bool:
    """True when a text waits unseen: one reason that concerns a person, or three of any kind."""
    return len(reasons) >= ENOUGH or any(reason in AT_ONCE for reason in reasons)


def tidy(text: str) -> str:
    """The text as it is kept: no control signs, at most one empty line between paragraphs."""
    lines = [" ".join(line.split()) for line in text.replace("\x00", "").splitlines()]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept).strip()
