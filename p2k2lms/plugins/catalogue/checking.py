"""Judges the files of all courses without a database: every fault, and what there is to count."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from p2k2lms.plugins.catalogue import files
from p2k2lms.plugins.catalogue.reading import read_course
from p2k2lms.plugins.catalogue.rules import structure_faults
from p2k2lms.plugins.catalogue.values.draft import ContentFault


@dataclass
class Report:
    """What `courses check` found."""

    counts: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: list[ContentFault] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The one JSON document that the command prints."""
        return {"counts": self.counts, "faults": [vars(fault) for fault in self.faults]}


def check(manifests: Path, content: Path) -> Report:
    """Judge every course that has a manifest."""
    report = Report()
    for course in files.courses(manifests):
        try:
            draft, faults = read_course(course, files.read(course, manifests, content))
        except files.UnreadableFiles as unreadable:
            report.faults += unreadable.faults
            continue
        report.faults += faults
        if draft:
            report.faults += structure_faults(draft)
    report.faults.sort()
    return report
