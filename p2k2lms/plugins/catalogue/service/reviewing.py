"""The yearly review of a course: what waits to be verified, facts with their year, and numbers to call."""

from dataclasses import dataclass

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.catalogue import facts, queries
from p2k2lms.plugins.catalogue.permissions import LIST_DOCUMENTS
from p2k2lms.plugins.catalogue.reading import read_course


@dataclass(frozen=True)
class YearlyReview:
    """The drafts of a course as the review sees them; `found` is None while the manifest cannot be used."""

    course: str
    title: str
    found: facts.Gathered | None


def yearly_review(actor: Actor, course: str) -> YearlyReview:
    """What in the drafts of a course has to be asked, dated or looked up again."""
    require(actor, LIST_DOCUMENTS, course)
    texts = queries.texts(course)
    if not texts:
        raise NotFound(f"course {course}")
    draft, _faults = read_course(course, texts)
    if draft is None:
        return YearlyReview(course, course, None)
    return YearlyReview(course, draft.course.value.title, facts.gathered(draft))
