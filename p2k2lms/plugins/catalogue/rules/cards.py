"""Rules of good cards: long enough to explain, short enough to read, none like another, minutes that add up."""

import re
from collections import defaultdict
from collections.abc import Iterator

from p2k2lms.core.i18n import _, counted
from p2k2lms.plugins.catalogue.rules import prose
from p2k2lms.plugins.catalogue.values.draft import BODY, ContentFault, CourseDraft, Source, Written
from p2k2lms.plugins.catalogue.values.sesi import SesiDef, StepDef

SHORTEST, LONGEST = 100, 260  # words of a learn text
HANDS_RAISED = 3
_HTML = re.compile(r"<(?:[a-zA-Z/!?])[^>]*>")
_SHORTENED = re.compile(r"(?P<minutes>\d+) menit: jalankan langkah (?P<steps>\d+(?:, \d+)*,? dan \d+)")
_WEB_ADDRESS = re.compile(r"<(?:https?://|mailto:)[^>]*>")


def learn_texts_have_their_length(draft: CourseDraft) -> Iterator[ContentFault]:
    """A learn text has 100 to 260 words."""
    for step in draft.steps():
        count = len(prose.words(step.body))
        if not SHORTEST <= count <= LONGEST:
            message = counted("%(n)s kata, seharusnya %(least)s sampai %(most)s", count, least=SHORTEST, most=LONGEST)
            yield ContentFault(step.source.file, step.body_line, BODY, message)


def sesi_have_their_cards(draft: CourseDraft) -> Iterator[ContentFault]:
    """A sesi has as many langkah as its course asks for."""
    least, most = draft.course.value.cards_per_sesi
    for sesi in draft.ready:
        if sesi.sesi and not least <= len(sesi.steps) <= most:
            said = counted(
                "%(n)s langkah, seharusnya %(least)s sampai %(most)s", len(sesi.steps), least=least, most=most
            )
            yield sesi.sesi.source.fault(said, "written")


def files_have_their_order(draft: CourseDraft) -> Iterator[ContentFault]:
    """No two langkah of a sesi begin with the same number: it gives their order."""
    for sesi in draft.ready:
        seen: dict[str, str] = {}
        for step in sesi.steps:
            number = step.source.file.rpartition("/")[2][:2]
            if number in seen:
                said = _("nomor %(number)s sudah dipakai %(file)s", number=number, file=seen[number])
                yield ContentFault(step.source.file, 1, "-", said)
            seen.setdefault(number, step.source.file)


def sesi_are_whole(draft: CourseDraft) -> Iterator[ContentFault]:
    """A written sesi has all that a meeting needs: materials, messages, homework, three hand-raise questions."""
    for sesi in draft.ready:
        if sesi.sesi is None:
            continue
        told, source = sesi.sesi.value, sesi.sesi.source
        for key in ("materials", "key_messages", "homework", "adaptations"):
            if not getattr(told, key):
                yield source.fault(_("wajib diisi dalam sesi yang tertulis"), key)
        if len(told.handraise) != HANDS_RAISED:
            said = counted("%(n)s pertanyaan, seharusnya %(most)s", len(told.handraise), most=HANDS_RAISED)
            yield source.fault(said, "handraise")


def taught_sesi_have_their_examples(draft: CourseDraft) -> Iterator[ContentFault]:
    """A sesi with a number, which is taught to families, shows every behaviour of the rubric by an example."""
    asked = [behaviour.id for behaviour in draft.rubric.value.behaviours] if draft.rubric else []
    for sesi in draft.ready:
        if sesi.sesi and sesi.sesi.value.number:
            told = sesi.rubric.value.examples if sesi.rubric else {}
            if lacking := [name for name in asked if name not in told]:
                source = (sesi.rubric or sesi.sesi).source
                said = _("belum ada contoh untuk %(names)s", names=", ".join(lacking))
                yield source.fault(said, "examples")


def minutes_add_up(draft: CourseDraft) -> Iterator[ContentFault]:
    """The minutes of the langkah make those of the sesi, and the manifest says the same."""
    for sesi in draft.ready:
        if sesi.sesi:
            total = sum(step.value.minutes for step in sesi.steps)
            if sesi.sesi.value.minutes != total:
                told = sesi.sesi.value.minutes
                said = _("tertulis %(told)s, jumlah langkah %(total)s menit", told=told, total=total)
                yield sesi.sesi.source.fault(said, "minutes")


def shortened_meetings_fit(draft: CourseDraft) -> Iterator[ContentFault]:
    """An adaptation that names few minutes and some langkah names langkah that exist and fit into those minutes."""
    for sesi in draft.ready:
        minutes = {number: step.value.minutes for number, step in enumerate(sesi.steps, 1)}
        for place, told in enumerate(sesi.sesi.value.adaptations if sesi.sesi else ()):
            if found := _SHORTENED.search(told):
                asked = [int(number) for number in re.findall(r"\d+", found["steps"])]
                needed = sum(minutes.get(number, 0) for number in asked)
                if needed > int(found["minutes"]) or not minutes.keys() >= set(asked):
                    both = {"minutes": found["minutes"], "needed": needed}
                    said = _("%(minutes)s menit, padahal langkahnya perlu %(needed)s menit", **both)
                    yield sesi.sesi.source.fault(said, "adaptations", place)  # type: ignore[union-attr]


def manifest_agrees(draft: CourseDraft) -> Iterator[ContentFault]:
    """What the manifest says of a sesi is what its folder says."""
    course = draft.course.value
    plans = {plan.id: plan for modul in course.modul for plan in modul.sesi}
    for sesi in draft.sesi:
        if sesi.sesi:
            yield from _differences(plans[sesi.id], sesi.sesi, draft.course.source, sesi.plan_path)


def _differences(
    plan: object, sesi: Written[SesiDef], manifest: Source, path: tuple[object, ...]
) -> Iterator[ContentFault]:
    for key in ("title", "number", "minutes"):
        planned, told = getattr(plan, key), getattr(sesi.value, key)
        if planned is not None and told is not None and planned != told:
            said = _(
                "%(planned)s, padahal %(file)s menulis %(told)s", planned=planned, file=sesi.source.file, told=told
            )
            yield manifest.fault(said, *path, key)


def cards_differ(draft: CourseDraft) -> Iterator[ContentFault]:
    """Of the smaller card's five-word runs at most a quarter stand in another card."""
    cards = list(draft.steps())
    all_runs = [prose.runs(step.body) for step in cards]
    for (first, second), shared in _shared_runs(all_runs).items():
        smaller = min(len(all_runs[first]), len(all_runs[second]))
        if shared * 4 > smaller:
            step, other = cards[second], cards[first]
            share = 100 * shared // smaller
            message = _("%(share)s %% sama dengan %(file)s", share=share, file=other.source.file)
            yield ContentFault(step.source.file, step.body_line, BODY, message)


def _shared_runs(all_runs: list[frozenset[tuple[str, ...]]]) -> dict[tuple[int, int], int]:
    """How many runs each pair of cards has in common; pairs without any are absent."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, runs in enumerate(all_runs):
        for run in runs:
            holders[run].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in holders.values():
        for i, first in enumerate(numbers):
            for second in numbers[i + 1 :]:
                shared[first, second] += 1
    return shared


def cards_use_no_html(draft: CourseDraft) -> Iterator[ContentFault]:
    """A card is Markdown; HTML would silently be lost."""
    pieces: list[Written[StepDef] | Written[SesiDef]] = [*draft.steps(), *(s.sesi for s in draft.ready if s.sesi)]
    for piece in pieces:
        bare = _WEB_ADDRESS.sub(lambda found: " " * len(found[0]), piece.body)
        for tag in _HTML.finditer(bare):
            line = piece.body_line + piece.body.count("\n", 0, tag.start())
            said = _("HTML tidak dipakai: %(tag)s", tag=tag[0][:40])
            yield ContentFault(piece.source.file, line, BODY, said)


RULES = (
    learn_texts_have_their_length,
    sesi_have_their_cards,
    files_have_their_order,
    sesi_are_whole,
    taught_sesi_have_their_examples,
    minutes_add_up,
    shortened_meetings_fit,
    manifest_agrees,
    cards_differ,
    cards_use_no_html,
)
