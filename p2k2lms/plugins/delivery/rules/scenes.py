"""Pure decisions about a role-play scene: where a way through it leads, and what it showed.

A way is the numbers of the choices that were made, from 0, with points between: `0.2.1`. It is the whole state of
a play, so it stands in the address and needs no memory on the server or the phone.
"""

from p2k2lms.plugins.catalogue.values import SceneDef
from p2k2lms.plugins.delivery.values import SceneResult, Taken, Walk


class NoSuchWay(ValueError):
    """These choices cannot be made in this scene."""


def walk(scene: SceneDef, way: str) -> Walk:
    """The choices made and the moment they lead to; NoSuchWay where the scene has no such choice."""
    now = scene.moments[scene.start]
    taken: list[Taken] = []
    for number in way.split(".") if way else ():
        if len(number) > 2 or not number.isdecimal() or int(number) >= len(now.choices):
            raise NoSuchWay(way)
        choice = now.choices[int(number)]
        taken.append(Taken(now, choice))
        now = scene.moments[choice.to]
    return Walk(way, tuple(taken), now)


def result(taken: tuple[Taken, ...]) -> SceneResult:
    """Each behaviour that a way touched: shown every time, shown at times, or not shown.

    What a way never touched is not judged.
    """
    shown = {name for one in taken for name in one.choice.shows}
    missed = {name for one in taken for name in one.choice.misses}
    return SceneResult(
        shown=tuple(sorted(shown - missed)),
        at_times=tuple(sorted(shown & missed)),
        missed=tuple(sorted(missed - shown)),
    )
