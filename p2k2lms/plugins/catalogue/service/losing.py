"""What a course loses when its drafts are published: ids of the newest version that they hold no more."""

from p2k2lms.core.errors import Conflict
from p2k2lms.plugins.catalogue.service.published import outline, published_both
from p2k2lms.plugins.catalogue.values.draft import CourseDraft
from p2k2lms.plugins.catalogue.values.pack import VersionCard

MOST_NAMED = 10


def refuse_loss(newest: VersionCard, draft: CourseDraft, fewer_items: bool = False) -> None:
    """A permanent id that vanishes takes people's progress with it: somebody must say that it is meant."""
    if lost := lost_cards(newest, draft):
        raise _meant("Langkah atau adegan", lost, newest)
    if not fewer_items and (lost := lost_items(newest, draft)):
        raise _meant("Soal", lost, newest)


def _meant(what: str, lost: list[str], newest: VersionCard) -> Conflict:
    named = ", ".join(lost[:MOST_NAMED]) + (f", dan {len(lost) - MOST_NAMED} lagi" if len(lost) > MOST_NAMED else "")
    return Conflict(f"{what} {named} ada di versi {newest.number} dan kini hilang. Bila memang dibuang: --drop.")


def lost_cards(newest: VersionCard, draft: CourseDraft) -> list[str]:
    """The langkah and scenes that are gone; who archives one, or its sesi, has said so."""
    now = {step.value.id for step in draft.steps()} | {scene.value.id for scene in draft.scenes()}
    now |= {step.value.id for sesi in draft.sesi for step in sesi.archived}
    kept = (one for one in outline(newest.id).sesi.values() if one.id not in draft.course.value.archived_sesi)
    before = [name for sesi in kept for name in (*(s.id for s in sesi.steps), *(s.id for s in sesi.scenes))]
    return [name for name in before if name not in now]


def lost_items(newest: VersionCard, draft: CourseDraft) -> list[str]:
    """The items of tests and practice that are gone, but for those of a sesi that was archived."""
    now = {item.value.id for item in draft.items()}
    both = published_both(newest.id)
    sesi_of = {step: sesi for step, (sesi, _place) in both[0].outline.places.items()}
    before = (item for part in both for item in part.items)
    archived = draft.course.value.archived_sesi
    return sorted(item.id for item in before if item.id not in now and sesi_of.get(item.reread) not in archived)
