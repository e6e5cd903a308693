"""Judges the files of all courses without a database: every fault, what there is to count, and words to look at."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue import dictionary, files, packing, paths
from p2k2lms.plugins.catalogue.reading import read_course, read_instrument
from p2k2lms.plugins.catalogue.rules import prose, quality_faults, structure_faults
from p2k2lms.plugins.catalogue.rules.counts import counts
from p2k2lms.plugins.catalogue.service.media import described
from p2k2lms.plugins.catalogue.values.draft import ContentFault, CourseDraft


@dataclass
class Report:
    """What `courses check` found; `unknown_words` is None where no dictionary is installed."""

    counts: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: list[ContentFault] = field(default_factory=list)
    unknown_words: dict[str, int] | None = None

    def as_dict(self) -> dict[str, Any]:
        """The one JSON document that the command prints."""
        faults = [{"file": f.file, "line": f.line, "key": f.key, "message": f.message} for f in self.faults]
        told = {"counts": self._totals(), "courses": self.counts, "faults": faults}
        return {**told, "unknown_words": self.unknown_words}

    def _totals(self) -> dict[str, int]:
        total = Counter({"courses": len(self.counts)})
        for counted in self.counts.values():
            total.update({key: number for key, number in counted.items() if isinstance(number, int)})
        return dict(total)


def check(manifests: Path, content: Path, kit: Path, words: Path | None = None) -> Report:
    """Judge every course that has a manifest; `words` is the dictionary to look words up in, if it is there.

    `kit` is the content whose register of sources and vocabulary hold where this one brings none.
    """
    report = Report()
    drafts, faults = read(manifests, content, kit)
    for course, draft in drafts.items():
        report.counts[course] = counts(draft)
        faults += judge(draft)
    if not drafts and not faults:
        faults.append(ContentFault(paths.MANIFESTS, 1, "-", _("tidak ada satu pun manifes kursus")))
    for path, text in files.instruments(manifests).items():
        faults += read_instrument(path, text)[1]
    report.faults = sorted(set(faults))
    ours = files.of_kit(paths.VOCABULARY, content, kit)
    report.unknown_words = unknown_words(drafts.values(), words or dictionary.HUNSPELL, ours)
    return report


def read(manifests: Path, content: Path, kit: Path) -> tuple[dict[str, CourseDraft], list[ContentFault]]:
    """The drafts of every course whose manifest can be used, and the faults of form."""
    drafts: dict[str, CourseDraft] = {}
    faults: list[ContentFault] = []
    for course in files.courses(manifests):
        try:
            texts = files.read(course, manifests, content, described) | files.register(content, kit)
        except files.UnreadableFiles as unreadable:
            faults += unreadable.faults
            continue
        draft, blamed = read_course(course, texts)
        faults += blamed
        if draft is not None:
            drafts[course] = draft
    return drafts, faults


def judge(draft: CourseDraft) -> list[ContentFault]:
    """The faults of a course that could be read; what is rendered is judged when its form allows."""
    structure = structure_faults(draft)
    rendered = [] if structure else packing.pack(draft).faults
    return [*structure, *rendered, *quality_faults(draft)]


def unknown_words(drafts: Iterable[CourseDraft], words: Path, ours: Path) -> dict[str, int] | None:
    """Words that neither the dictionary nor our own vocabulary knows, most frequent first."""
    if not words.is_file():
        return None
    known = dictionary.read(words, *([ours] if ours.is_file() else []))
    texts = (text for draft in drafts for text in prose.everything(draft))
    return dict(dictionary.unknown(texts, known).most_common())
