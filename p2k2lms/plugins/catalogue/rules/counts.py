"""Counts of a course, and how long its cards and sentences are."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from p2k2lms.plugins.catalogue.rules import prose
from p2k2lms.plugins.catalogue.values.draft import CourseDraft


def counts(draft: CourseDraft) -> dict[str, Any]:
    """What there is of a course; only written sesi count below the line of sesi."""
    cards = [len(prose.words(step.body)) for step in draft.steps()]
    sentences = [len(prose.words(s)) for step in draft.steps() for s in prose.sentences(step.body)]
    items = [item.value for item in draft.items()]
    return {
        "modul": len(draft.course.value.taught),
        "jp": draft.course.value.jp,
        "sesi": len(draft.sesi),
        "sesi_written": len(draft.ready),
        "langkah": len(cards),
        "minutes": sum(step.value.minutes for step in draft.steps()),
        "words": sum(cards),
        "pictures": sum(len(sesi.pictures) + len(sesi.photos) for sesi in draft.ready),
        "items": len(items),
        "items_by_kind": dict(sorted(Counter(item.kind for item in items).items())),
        "items_by_form": dict(sorted(Counter(item.form for item in items).items())),
        "situations": sum(item.situation for item in items),
        "scenes": sum(1 for _ in draft.scenes()),
        "rubrics": sum(sesi.rubric is not None for sesi in draft.ready),
        "behaviours": len(draft.rubric.value.behaviours) if draft.rubric else 0,
        "to_verify": sum(step.value.review is not None for step in draft.steps()),
        "words_per_card": spread(cards),
        "words_per_sentence": spread(sentences),
    }


def spread(numbers: Sequence[int]) -> dict[str, float]:
    """Least, median, mean and most of a list of numbers."""
    if not numbers:
        return {}
    ordered = sorted(numbers)
    return {
        "min": ordered[0],
        "median": ordered[len(ordered) // 2],
        "mean": round(sum(ordered) / len(ordered), 1),
        "max": ordered[-1],
    }
