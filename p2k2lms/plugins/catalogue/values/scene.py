"""A role-play scene as authors write it: moments of a meeting, and what one may do in each.

The arrows of a scene run forward only, so that every way through it ends; `rules/scenes.py` judges them.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.rubric import BehaviourId
from p2k2lms.plugins.catalogue.values.shape import Minutes, SceneId, Shape, Text, paragraphs

FEWEST_MOMENTS, MOST_MOMENTS = 6, 12
FEWEST_CHOICES, MOST_CHOICES = 2, 4
MomentId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,29}$")]
Ending = Literal["baik", "cukup", "ulang"]


class SceneChoice(Shape):
    """Something that one may say or do: which behaviours it shows or misses, and where it leads."""

    text: Text
    shows: tuple[BehaviourId, ...] = ()
    misses: tuple[BehaviourId, ...] = ()
    feedback: Text
    to: MomentId

    @model_validator(mode="after")
    def _is_scored(self) -> "SceneChoice":
        if not self.shows and not self.misses:
            raise ValueError(_("pilihan harus memperlihatkan (shows) atau melewatkan (misses) satu perilaku"))
        if set(self.shows) & set(self.misses):
            raise ValueError(_("perilaku yang sama tidak bisa terlihat dan terlewat sekaligus"))
        return self


class Moment(Shape):
    """What happens now: with `choices` it goes on, with `end` the scene is over."""

    text: Text
    choices: Annotated[tuple[SceneChoice, ...], Field(max_length=MOST_CHOICES)] = ()
    end: Ending | None = None

    @model_validator(mode="after")
    def _goes_on_or_ends(self) -> "Moment":
        if bool(self.choices) == bool(self.end):
            raise ValueError(_("harus punya pilihan (choices) atau akhir (end), tidak keduanya"))
        if self.choices and len(self.choices) < FEWEST_CHOICES:
            raise ValueError(_("paling sedikit %(least)s pilihan", least=FEWEST_CHOICES))
        return self

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What happens, as paragraphs of plain text."""
        return paragraphs(self.text)


class SceneDef(Shape):
    """A whole scene: where it plays, where it starts, and its moments by name."""

    id: SceneId
    title: Text
    minutes: Minutes
    setting: Text
    start: MomentId
    moments: Annotated[dict[MomentId, Moment], Field(min_length=FEWEST_MOMENTS, max_length=MOST_MOMENTS)]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Where it plays and who is there, as paragraphs of plain text."""
        return paragraphs(self.setting)

    @property
    def behaviours(self) -> tuple[str, ...]:
        """The behaviours that the choices show or miss, in order."""
        choices = (choice for moment in self.moments.values() for choice in moment.choices)
        return tuple(sorted({name for choice in choices for name in (*choice.shows, *choice.misses)}))
