"""Rules of coverage: objectives are taught, practised and tested; the bank fills both forms and stays sealed."""

from collections import Counter
from collections.abc import Iterator

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.course import BlueprintDef
from p2k2lms.plugins.catalogue.values.draft import ContentFault, CourseDraft


def objectives_are_covered(draft: CourseDraft) -> Iterator[ContentFault]:
    """Each objective of a written sesi has a card, a practice item and a test item."""
    taught = {name for step in draft.steps() for name in step.value.objectives}
    practised = {item.value.objective for item in draft.items() if not item.value.sealed}
    tested = {item.value.objective for item in draft.items() if item.value.sealed}
    asked = {
        _("%(id)s belum diajarkan di satu langkah"): taught,
        _("%(id)s belum dilatih (cek atau latihan)"): practised,
    }
    if draft.course.value.blueprint:
        asked[_("%(id)s belum diuji (A, B, atau anchor)")] = tested
    for sesi in draft.ready:
        for number, objective in enumerate(sesi.sesi.value.objectives if sesi.sesi else ()):
            for what, covered in asked.items():
                if objective.id not in covered:
                    yield sesi.sesi.source.fault(what % {"id": objective.id}, "objectives", number)  # type: ignore[union-attr]


def items_ask_what_their_card_teaches(draft: CourseDraft) -> Iterator[ContentFault]:
    """The card to which an item sends people back teaches the objective that the item tests."""
    taught = {step.value.id: step.value.objectives for step in draft.steps()}
    for item in draft.items():
        if item.value.objective not in taught.get(item.value.reread, [item.value.objective]):
            said = _("%(card)s tidak mengajarkan %(goal)s", card=item.value.reread, goal=item.value.objective)
            yield item.source.fault(said, "objective")


def shares_name_what_is_written(draft: CourseDraft) -> Iterator[ContentFault]:
    """Each share of the blueprint is a modul or sesi that has written content."""
    blueprint = draft.course.value.blueprint
    known = {name for sesi in draft.ready for name in (sesi.id, sesi.modul_id)}
    for name in blueprint.shares if blueprint else ():
        if name not in known:
            yield draft.course.source.fault(_("belum ada sesi tertulis"), "blueprint", "shares", name)


def forms_can_be_filled(draft: CourseDraft) -> Iterator[ContentFault]:
    """For each share there are items enough for both forms, with the anchors that they have in common."""
    blueprint = draft.course.value.blueprint
    if blueprint is None:
        return
    bank = _bank(draft, blueprint)
    needed = free = 0
    for group, share in blueprint.shares.items():
        own = min(bank[group, "A"], bank[group, "B"])
        anchors = bank[group, "anchor"]
        needed += max(0, share - own)
        free += min(anchors, share)
        if own + anchors < share:
            found = {"a": bank[group, "A"], "b": bank[group, "B"], "anchors": anchors, "share": share}
            said = _("A %(a)s, B %(b)s, anchor %(anchors)s butir: tidak cukup untuk %(share)s", **found)
            yield draft.course.source.fault(said, "blueprint", "shares", group)
    if not needed <= blueprint.anchors <= free:
        message = _("bank butir meminta %(least)s sampai %(most)s jangkar", least=needed, most=free)
        yield draft.course.source.fault(message, "blueprint", "anchors")


def tests_stay_sealed(draft: CourseDraft) -> Iterator[ContentFault]:
    """No card and no open item says the stem or an explanation of a test item word for word."""
    told = [step.value.model_dump_json() + step.body for step in draft.steps()]
    told += [text for item in draft.items() if not item.value.sealed for text in item.value.texts()]
    open_text = "\n".join(told)
    for item in draft.items():
        if item.value.sealed and any(text and text in open_text for text in (item.value.stem, *item.value.secrets())):
            said = _("bunyi butir tes ini juga ada di kartu atau latihan yang terbuka")
            yield item.source.fault(said, "stem")


def _bank(draft: CourseDraft, blueprint: BlueprintDef) -> Counter[tuple[str, str]]:
    """How many items of each form there are for each share."""
    bank: Counter[tuple[str, str]] = Counter()
    for sesi in draft.ready:
        group = blueprint.group_of(sesi.id, sesi.modul_id)
        for item in sesi.items if group else ():
            bank[str(group), item.value.form] += 1
    return bank


RULES = (
    objectives_are_covered,
    items_ask_what_their_card_teaches,
    shares_name_what_is_written,
    forms_can_be_filled,
    tests_stay_sealed,
)
