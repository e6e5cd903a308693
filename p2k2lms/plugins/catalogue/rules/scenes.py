"""Rules of role-play scenes: every choice leads on, every way ends, and the best choice is fair to find."""

from collections.abc import Iterator

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.draft import ContentFault, CourseDraft
from p2k2lms.plugins.catalogue.values.scene import SceneDef

HEAVIEST = 30_000  # bytes that a phone takes along for one scene
ENOUGH_TO_JUDGE = 3  # moments with a choice, below which the place of the best one says nothing


def choices_lead_somewhere(draft: CourseDraft) -> Iterator[ContentFault]:
    """The start and every choice lead to a moment that is written."""
    for scene in draft.scenes():
        told = scene.value
        if told.start not in told.moments:
            yield scene.source.fault(_("momen %(id)s tidak ada", id=told.start), "start")
        for name, number, to in _arrows(told):
            if to not in told.moments:
                said = _("momen %(id)s tidak ada", id=to)
                yield scene.source.fault(said, "moments", name, "choices", number, "to")


def every_way_ends(draft: CourseDraft) -> Iterator[ContentFault]:
    """No choice leads back to what has been: a scene that cannot turn in a circle comes to an end."""
    for scene in draft.scenes():
        if (name := _in_a_circle(scene.value)) is not None:
            said = _("adegan berputar: dari momen ini orang kembali ke momen ini")
            yield scene.source.fault(said, "moments", name)


def every_moment_is_reached(draft: CourseDraft) -> Iterator[ContentFault]:
    """Each moment, and so each end, lies on a way from the start."""
    for scene in draft.scenes():
        reached = _reached(scene.value)
        for name in scene.value.moments:
            if name not in reached:
                yield scene.source.fault(_("tidak ada jalan ke momen ini"), "moments", name)


def scored_behaviours_exist(draft: CourseDraft) -> Iterator[ContentFault]:
    """What a choice shows or misses is a behaviour of the course's rubric."""
    known = {behaviour.id for behaviour in draft.rubric.value.behaviours} if draft.rubric else set()
    for scene in draft.scenes():
        for name, moment in scene.value.moments.items():
            for number, choice in enumerate(moment.choices):
                for key in ("shows", "misses"):
                    for behaviour in getattr(choice, key):
                        if behaviour not in known:
                            said = _("perilaku %(id)s tidak ada dalam rubrik kursus", id=behaviour)
                            yield scene.source.fault(said, "moments", name, "choices", number, key)


def scenes_belong_to_their_sesi(draft: CourseDraft) -> Iterator[ContentFault]:
    """A scene is named after a sesi of its course: `tf-s02-a01`."""
    sesi = {one.id for one in draft.sesi}
    for scene in draft.scenes():
        if scene.value.id.rpartition("-")[0] not in sesi:
            yield scene.source.fault(_("diawali id sebuah sesi dari kursus ini"), "id")


def each_moment_has_a_good_and_a_poor_choice(draft: CourseDraft) -> Iterator[ContentFault]:
    """Where one may choose, one choice misses nothing and another misses something."""
    for scene in draft.scenes():
        for name, moment in scene.value.moments.items():
            poor = [bool(choice.misses) for choice in moment.choices]
            if poor and (all(poor) or not any(poor)):
                yield scene.source.fault(_("harus ada pilihan yang baik dan pilihan yang kurang"), "moments", name)


def the_best_choice_moves(draft: CourseDraft) -> Iterator[ContentFault]:
    """The good choice does not stand at the same place in every moment."""
    for scene in draft.scenes():
        moments = [moment for moment in scene.value.moments.values() if moment.choices]
        places = {next((n for n, c in enumerate(m.choices) if not c.misses), -1) for m in moments}
        if len(moments) >= ENOUGH_TO_JUDGE and len(places) == 1:
            yield scene.source.fault(_("pilihan yang baik selalu di tempat yang sama"), "moments")


def scenes_end_well_and_otherwise(draft: CourseDraft) -> Iterator[ContentFault]:
    """A scene can end well, and it can end otherwise."""
    for scene in draft.scenes():
        ends = {moment.end for moment in scene.value.moments.values() if moment.end}
        if "baik" not in ends or len(ends) < 2:
            yield scene.source.fault(_("harus ada akhir baik dan akhir lain"), "moments")


def scenes_are_light(draft: CourseDraft) -> Iterator[ContentFault]:
    """A scene has at most 30 kB on a phone."""
    for scene in draft.scenes():
        if (size := len(scene.value.model_dump_json().encode())) > HEAVIEST:
            yield scene.source.fault(_("%(size)s bita, paling banyak %(most)s", size=size, most=HEAVIEST), "moments")


def _arrows(scene: SceneDef) -> Iterator[tuple[str, int, str]]:
    for name, moment in scene.moments.items():
        for number, choice in enumerate(moment.choices):
            yield name, number, choice.to


def _next(scene: SceneDef, name: str) -> list[str]:
    return [choice.to for choice in scene.moments[name].choices if choice.to in scene.moments]


def _reached(scene: SceneDef) -> set[str]:
    reached: set[str] = set()
    waiting = [scene.start] if scene.start in scene.moments else []
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += _next(scene, name)
    return reached


def _in_a_circle(scene: SceneDef) -> str | None:
    """A moment that leads back to itself; found by taking away, again and again, what leads nowhere any more."""
    left = {name: set(_next(scene, name)) for name in scene.moments}
    while over := [name for name, to in left.items() if not to & left.keys()]:
        for name in over:
            del left[name]
    return next((name for name in left if _returns(scene, name)), None)


def _returns(scene: SceneDef, name: str) -> bool:
    inside = scene.model_copy(update={"start": name})
    return any(name in _next(scene, other) for other in _reached(inside))


STRUCTURE = (
    choices_lead_somewhere,
    every_way_ends,
    every_moment_is_reached,
    scored_behaviours_exist,
    scenes_belong_to_their_sesi,
)
QUALITY = (
    each_moment_has_a_good_and_a_poor_choice,
    the_best_choice_moves,
    scenes_end_well_and_otherwise,
    scenes_are_light,
)
