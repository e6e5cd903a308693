"""The manifest of a course: its modul and sesi in order, what completes it, how its tests are drawn."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.shape import CourseId, Minutes, ModulId, SesiId, Shape, Text

MODES = ("luring", "campuran", "daring")
Mode = Literal["luring", "campuran", "daring"]
Group = Literal["dasar", "inti", "penunjang"]
Percent = Annotated[int, Field(ge=0, le=100)]


class SesiPlan(Shape):
    """One line of the outline; title, number and minutes may be left to the folder of the sesi."""

    id: SesiId
    title: Text | None = None
    number: Annotated[int, Field(ge=1, le=99)] | None = None
    minutes: Minutes | None = None
    archived: bool = False


class ModulDef(Shape):
    """A subject of the course, as the certificate names it."""

    id: ModulId
    title: Text
    group: Group
    jp: Annotated[int, Field(ge=0, le=400)]
    sesi: tuple[SesiPlan, ...] = ()
    archived: bool = False

    @model_validator(mode="before")
    @classmethod
    def _an_id_alone_is_a_plan(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not isinstance(data.get("sesi"), list | tuple):
            return data
        return {**data, "sesi": [{"id": s} if isinstance(s, str) else s for s in data["sesi"]]}


class CompletionRules(Shape):
    """What somebody must have done to complete the course; attendance and practice depend on the mode."""

    cards: Literal["required"] = "required"
    post_test: Percent = 70
    attendance: dict[Mode, Percent | None] = Field(default_factory=dict)
    micro_teaching: dict[Mode, bool] = Field(default_factory=dict)

    def attendance_for(self, mode: str) -> int | None:
        """The least attendance in percent that this mode asks for, None where it asks for none."""
        return self.attendance.get(mode)  # type: ignore[call-overload,no-any-return]

    def micro_teaching_for(self, mode: str) -> bool:
        """True if this mode asks for a micro-teaching."""
        return bool(self.micro_teaching.get(mode, False))  # type: ignore[call-overload]


class BlueprintDef(Shape):
    """How the two parallel forms of the test are drawn; `shares` maps a modul or sesi id to a number of items."""

    minutes: Minutes
    grace_seconds: Annotated[int, Field(ge=0, le=3600)] = 120
    attempts_post: Annotated[int, Field(ge=1, le=20)] = 3
    review: Literal["langsung", "setelah-angkatan", "skor-saja"] = "langsung"
    size: Annotated[int, Field(ge=1, le=200)]
    anchors: Annotated[int, Field(ge=0, le=200)]
    shares: dict[str, Annotated[int, Field(ge=1)]]

    @model_validator(mode="after")
    def _shares_fill_the_form(self) -> "BlueprintDef":
        if sum(self.shares.values()) != self.size:
            said = _("jumlah shares %(sum)s, padahal size %(size)s", sum=sum(self.shares.values()), size=self.size)
            raise ValueError(said)
        if self.anchors * 5 < self.size:
            said = _("butir jangkar %(n)s dari %(size)s: kurang dari 20 %%", n=self.anchors, size=self.size)
            raise ValueError(said)
        return self

    def group_of(self, sesi_id: str, modul_id: str) -> str | None:
        """The key of `shares` that the items of a sesi count for: the sesi's own, else its modul's."""
        return next((key for key in (sesi_id, modul_id) if key in self.shares), None)


class CourseDef(Shape):
    """A course as `courses/<id>.yaml` describes it."""

    id: CourseId
    title: Annotated[str, Field(min_length=1, max_length=200)]
    subtitle: str = ""
    language: Literal["id"] = "id"
    notice: str = ""
    cards_per_sesi: tuple[int, int] = (8, 16)
    completion: CompletionRules = CompletionRules()
    blueprint: BlueprintDef | None = None
    modul: Annotated[tuple[ModulDef, ...], Field(min_length=1)]

    @property
    def jp(self) -> int:
        """The hours of lessons of the whole course."""
        return sum(modul.jp for modul in self.modul if not modul.archived)

    @property
    def taught(self) -> tuple[ModulDef, ...]:
        """The modul that are not archived, each with its sesi that are not."""
        return tuple(
            modul.model_copy(update={"sesi": tuple(plan for plan in modul.sesi if not plan.archived)})
            for modul in self.modul
            if not modul.archived
        )

    @property
    def archived_sesi(self) -> frozenset[str]:
        """The sesi that were taken out of use, by themselves or with their modul."""
        return frozenset(p.id for modul in self.modul for p in modul.sesi if modul.archived or p.archived)
