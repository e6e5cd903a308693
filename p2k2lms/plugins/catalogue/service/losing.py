"""What a course loses when its drafts are published: ids of the newest version that they hold no more."""

from p2k2lms.core.errors import Conflict
from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.service.published import outline, published_both
from p2k2lms.plugins.catalogue.values.draft import CourseDraft
from p2k2lms.plugins.catalogue.values.pack import VersionCard

MOST_NAMED = 10


class Loss(Conflict):
    """What the newest version has would be gone, and nobody has said that it is meant."""


def refuse_loss(newest: VersionCard, draft: CourseDraft, fewer_items: bool = False) -> None:
    """A permanent id that vanishes takes people's progress with it: somebody must say that it is meant."""
    if lost := lost_cards(newest, draft):
        names = _named([f"{title} ({one})" for one, title in lost.items()])
        raise Loss(
            _("Ada di versi %(n)s dan kini hilang, langkah atau adegan: %(names)s.", n=newest.number, names=names)
        )
    if not fewer_items and (items := lost_items(newest, draft)):
        raise Loss(_("Ada di versi %(n)s dan kini hilang, soal: %(names)s.", n=newest.number, names=_named(items)))


def _named(lost: list[str]) -> str:
    named, more = ", ".join(lost[:MOST_NAMED]), len(lost) - MOST_NAMED
    return _("%(names)s, dan %(more)s lagi", names=named, more=more) if more > 0 else named


def lost_cards(newest: VersionCard, draft: CourseDraft) -> dict[str, str]:
    """The langkah and scenes that are gone, with their titles; who archives one, or its sesi, has said so."""
    now = {step.value.id for step in draft.steps()} | {scene.value.id for scene in draft.scenes()}
    now |= {step.value.id for sesi in draft.sesi for step in sesi.archived}
    kept = (one for one in outline(newest.id).sesi.values() if one.id not in draft.course.value.archived_sesi)
    before = (card for sesi in kept for cards in (sesi.steps, sesi.scenes) for card in cards)
    return {card.id: card.title for card in before if card.id not in now}


def lost_items(newest: VersionCard, draft: CourseDraft) -> list[str]:
    """The items of tests and practice that are gone, but for those of a sesi that was archived."""
    now = {item.value.id for item in draft.items()}
    both = published_both(newest.id)
    sesi_of = {step: sesi for step, (sesi, _place) in both[0].outline.places.items()}
    before = (item for part in both for item in part.items)
    archived = draft.course.value.archived_sesi
    return sorted(item.id for item in before if item.id not in now and sesi_of.get(item.reread) not in archived)
