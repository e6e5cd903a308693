"""Reads what is published: versions, outline, cards, rules, items. Nothing here parses Markdown."""

from collections.abc import Mapping

from p2k2lms.core.errors import NotFound
from p2k2lms.core.questions import Ahead
from p2k2lms.plugins.catalogue import queries
from p2k2lms.plugins.catalogue.packs import shelf, squeeze
from p2k2lms.plugins.catalogue.values.course import BlueprintDef, CompletionRules
from p2k2lms.plugins.catalogue.values.item import ItemDef
from p2k2lms.plugins.catalogue.values.pack import Card, OpenPack, Outline, SealedPack, SesiSheet, Taught, VersionCard
from p2k2lms.plugins.catalogue.values.rubric import RubricDef
from p2k2lms.plugins.catalogue.values.scene import SceneDef


def courses() -> list[VersionCard]:
    """The newest version of each course."""
    return queries.latest_versions()


def ahead() -> list[Ahead]:
    """The same, for a page that knows it will ask."""
    return [queries.latest_versions.ahead()]


def latest(course: str) -> VersionCard:
    """The newest version of a course."""
    if (found := queries.latest(course)) is None:
        raise NotFound(f"course {course}")
    return found


def version(version_id: int) -> VersionCard:
    """One version."""
    if (found := queries.version(version_id)) is None:
        raise NotFound(f"version {version_id}")
    return found


def versions_of(course: str) -> list[VersionCard]:
    """Every version of a course, the newest first."""
    return [version for version, _kept in queries.versions(course)]


def outline(version_id: int) -> Outline:
    """The whole course at a glance."""
    return open_pack(version_id).outline


def card(version_id: int, step_id: str) -> Card:
    """One langkah, rendered when it was published."""
    if (found := open_pack(version_id).cards.get(step_id)) is None:
        raise NotFound(f"langkah {step_id}")
    return found


def sesi(version_id: int, sesi_id: str) -> SesiSheet:
    """What is known of a written sesi besides its cards."""
    if (found := open_pack(version_id).sesi.get(sesi_id)) is None:
        raise NotFound(f"sesi {sesi_id}")
    return found


def scenes(version_id: int) -> Mapping[str, SceneDef]:
    """The role-play scenes of this version by their id."""
    return open_pack(version_id).scenes


def photos(version_id: int) -> dict[str, int]:
    """The addresses of the photos that the cards of this version show, and what each weighs in bytes."""
    return {address: media.size for address, media in open_pack(version_id).media.items()}


def rubric(version_id: int) -> RubricDef | None:
    """The behaviours that are observed in this version; None where none are written."""
    return open_pack(version_id).rubric


def required_steps(version_id: int) -> tuple[str, ...]:
    """The langkah that completion asks for, in order."""
    return open_pack(version_id).required_steps


def completion_rules(version_id: int) -> CompletionRules:
    """What somebody must have done to complete the course."""
    return open_pack(version_id).completion


def subjects(version_id: int) -> list[tuple[str, int]]:
    """Title and hours of each subject, for the back page of the certificate."""
    return [(modul.title, modul.jp) for modul in outline(version_id).modul]


def ever_taught(version_id: int) -> frozenset[str]:
    """Every langkah that the course has had up to this version: who moved on with a class may have read any of them."""
    if (found := shelf().get(Taught, version_id, _ever_taught)) is None:
        raise NotFound(f"version {version_id}")
    return found.steps


def _ever_taught(version_id: int) -> bytes | None:
    until = queries.versions_until(version_id)
    steps = frozenset(step for one in until for step in outline(one).steps)
    return squeeze(Taught(steps=steps).model_dump_json().encode()) if until else None


def objectives(version_id: int) -> dict[str, str]:
    """The text of every objective by its id."""
    return open_pack(version_id).objectives


def practice_items(version_id: int) -> tuple[ItemDef, ...]:
    """The items of cek cepat and practice, with keys: they are open and never stand in a test."""
    return open_pack(version_id).items


def items(version_id: int) -> tuple[ItemDef, ...]:
    """The sealed items with keys: for assessment alone, which passes no key on before the review."""
    return _sealed(version_id).items


def blueprint(version_id: int) -> BlueprintDef:
    """How the forms of the test are drawn."""
    if (found := _sealed(version_id).blueprint) is None:
        raise NotFound(f"blueprint of version {version_id}")
    return found


def has_blueprint(version_id: int) -> bool:
    """True if the course of this version is tested."""
    return _sealed(version_id).blueprint is not None


def groups(version_id: int) -> dict[str, str]:
    """For each objective the key of the blueprint's shares that its items count for."""
    return _sealed(version_id).groups


def open_pack(version_id: int) -> OpenPack:
    """The part that may travel to a phone."""
    if (found := shelf().get(OpenPack, version_id, queries.open_pack)) is None:
        raise NotFound(f"version {version_id}")
    return found


def published_both(version_id: int) -> tuple[OpenPack, SealedPack]:
    """Both parts: for the authors alone, who compare versions."""
    return open_pack(version_id), _sealed(version_id)


def _sealed(version_id: int) -> SealedPack:
    if (found := shelf().get(SealedPack, version_id, queries.sealed_pack)) is None:
        raise NotFound(f"version {version_id}")
    return found
