"""The front door of certificates: what routes, reactions and higher plugins may ask and do."""

from p2k2lms.plugins.certificates.service.copying import DRAW
from p2k2lms.plugins.certificates.service.drawing import Document, download, draw, draw_job
from p2k2lms.plugins.certificates.service.issuing import (
    ISSUE,
    LONGEST_REASON,
    issue,
    issue_or_later,
    reissue,
    revoke,
    to_revoke,
    wrong_pattern,
)
from p2k2lms.plugins.certificates.service.letters import issue_letter
from p2k2lms.plugins.certificates.service.reading import PAGE, Shelf, check, of_class, of_person, own

__all__ = [
    "DRAW",
    "ISSUE",
    "LONGEST_REASON",
    "PAGE",
    "Document",
    "Shelf",
    "check",
    "download",
    "draw",
    "draw_job",
    "issue",
    "issue_letter",
    "issue_or_later",
    "of_class",
    "of_person",
    "own",
    "reissue",
    "revoke",
    "to_revoke",
    "wrong_pattern",
]
