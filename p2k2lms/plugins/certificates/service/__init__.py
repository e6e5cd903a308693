"""The front door of certificates: what routes, reactions and higher plugins may ask and do."""

from p2k2lms.plugins.certificates.service.bundling import Bundle, archive, bundle, draw_rest
from p2k2lms.plugins.certificates.service.copying import DRAW
from p2k2lms.plugins.certificates.service.drawing import Document, download, draw, draw_job
from p2k2lms.plugins.certificates.service.files import MOST_BYTES, FileVerdict, check_file, must_be_pdf
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
from p2k2lms.plugins.certificates.service.reading import (
    PAGE,
    Shelf,
    ahead,
    ahead_of_person,
    check,
    of_class,
    of_person,
    own,
)

__all__ = [
    "DRAW",
    "ISSUE",
    "LONGEST_REASON",
    "MOST_BYTES",
    "PAGE",
    "Bundle",
    "Document",
    "FileVerdict",
    "Shelf",
    "ahead",
    "ahead_of_person",
    "archive",
    "bundle",
    "check",
    "check_file",
    "download",
    "draw",
    "draw_job",
    "draw_rest",
    "issue",
    "issue_letter",
    "issue_or_later",
    "must_be_pdf",
    "of_class",
    "of_person",
    "own",
    "reissue",
    "revoke",
    "to_revoke",
    "wrong_pattern",
]
