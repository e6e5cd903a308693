"""The tiny course as a draft, with words of its documents replaced: what rules and readers are tried on."""

from p2k2lms.plugins.catalogue.reading import read_course
from p2k2lms.plugins.catalogue.values import ContentFault, CourseDraft
from tests.factories.catalogue import TINY, course_texts

Change = tuple[str, str, str]  # end of the path, old words, new words


def changed(*changes: Change) -> dict[str, str]:
    """The texts of the tiny course after these changes; an absent file is made."""
    texts = course_texts()
    for end, old, new in changes:
        path = next((p for p in texts if p.endswith(end)), end)
        before = texts.get(path, "")
        assert old in before, f"{old!r} does not stand in {path}"
        texts[path] = before.replace(old, new)
    return texts


def faults_of(*changes: Change) -> list[ContentFault]:
    """What reading the changed course finds."""
    return read_course(TINY, changed(*changes))[1]


def a_draft(*changes: Change) -> CourseDraft:
    """The changed course, which must be readable."""
    draft, faults = read_course(TINY, changed(*changes))
    assert draft is not None
    assert faults == []
    return draft
