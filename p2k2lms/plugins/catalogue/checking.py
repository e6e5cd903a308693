"""Judges the files of all courses without a database: every fault, and what there is to count."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from p2k2lms.plugins.catalogue import files, packing, paths
from p2k2lms.plugins.catalogue.reading import read_course, read_instrument
from p2k2lms.plugins.catalogue.rules import quality_faults, structure_faults
from p2k2lms.plugins.catalogue.rules.counts import counts
from p2k2lms.plugins.catalogue.values.draft import ContentFault


@dataclass
class Report:
    """What `courses check` found."""

    counts: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: list[ContentFault] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The one JSON document that the command prints."""
        faults = [{"file": f.file, "line": f.line, "key": f.key, "message": f.message} for f in self.faults]
        return {"counts": self._totals(), "courses": self.counts, "faults": faults}

    def _totals(self) -> dict[str, int]:
        total = Counter({"courses": len(self.counts)})
        for counted in self.counts.values():
            total.update({key: number for key, number in counted.items() if isinstance(number, int)})
        return dict(total)


def check(manifests: Path, content: Path) -> Report:
    """Judge every course that has a manifest."""
    report = Report()
    for course in files.courses(manifests):
        try:
            texts = files.read(course, manifests, content)
        except files.UnreadableFiles as unreadable:
            report.faults += unreadable.faults
            continue
        counted, faults = judge(course, texts)
        report.counts[course] = counted
        report.faults += faults
    if not report.counts and not report.faults:
        report.faults.append(ContentFault(paths.MANIFESTS, 1, "-", "tidak ada satu pun manifes kursus"))
    for path, text in files.instruments(manifests).items():
        report.faults += read_instrument(path, text)[1]
    report.faults.sort()
    return report


def judge(course: str, texts: dict[str, str]) -> tuple[dict[str, Any], list[ContentFault]]:
    """Counts and faults of one course; what is rendered is judged when its form allows."""
    draft, faults = read_course(course, texts)
    if draft is None:
        return {}, faults
    structure = structure_faults(draft)
    rendered = [] if structure else packing.pack(draft).faults
    return counts(draft), [*faults, *structure, *rendered, *quality_faults(draft)]
