"""Reads the documents of one course into a draft, and says of each fault its file, line and key."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue import paths, yaml_source
from p2k2lms.plugins.catalogue.messages import in_words
from p2k2lms.plugins.catalogue.values.course import CourseDef
from p2k2lms.plugins.catalogue.values.draft import ContentFault, CourseDraft, Path, SesiDraft, Source, Written
from p2k2lms.plugins.catalogue.values.instrument import InstrumentDef
from p2k2lms.plugins.catalogue.values.item import ItemDef
from p2k2lms.plugins.catalogue.values.kinds import KINDS
from p2k2lms.plugins.catalogue.values.media import MediaDef, told
from p2k2lms.plugins.catalogue.values.register import SourceDef
from p2k2lms.plugins.catalogue.values.rubric import RubricDef, SesiRubricDef
from p2k2lms.plugins.catalogue.values.scene import SceneDef
from p2k2lms.plugins.catalogue.values.sesi import SesiDef, StepDef
from p2k2lms.plugins.catalogue.values.shape import Shape

FRONT = re.compile(r"---[ \t]*\r?\n(?P<front>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
KNOWN_NAMES = "_sesi.md, 01-nama.md, soal.yaml, rubrik.yaml, adegan-x.yaml, x.svg, x.jpg"
LARGEST = 60_000  # characters of a card; no person reads more on one screen
S = TypeVar("S", bound=Shape)


@dataclass
class _Reader:
    """The texts of one course, and the faults found so far."""

    texts: Mapping[str, str]
    faults: list[ContentFault] = field(default_factory=list)

    def blame(self, file: str, line: int, message: str, key: str = "-") -> None:
        self.faults.append(ContentFault(file, line, key, message))

    def yaml(self, file: str, text: str, first_line: int = 1) -> tuple[Any, Source]:
        try:
            data, lines = yaml_source.read(text, first_line)
        except yaml_source.Unreadable as error:
            self.blame(file, error.line, error.message)
            return None, Source(file, {})
        if data is None:
            self.blame(file, first_line, _("kosong"))
        return data, Source(file, lines)

    def shape(self, model: type[S], data: Any, source: Source) -> S | None:
        """The validated model, or None with a fault for each wrong key."""
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self.faults.append(source.fault(in_words(detail), *detail["loc"]))
            return None

    def whole(self, model: type[S], file: str) -> Written[S] | None:
        """A YAML file that is one thing; None where there is no such file, or with faults."""
        if file not in self.texts:
            return None
        data, source = self.yaml(file, self.texts[file])
        if data is None:
            return None
        value = self.shape(model, data, source)
        return Written(value, source) if value else None

    def front_matter(self, file: str, model: type[S]) -> Written[S] | None:
        """A Markdown file with its front matter."""
        text = self.texts[file]
        if len(text) > LARGEST:
            self.blame(file, 1, yaml_source.too_large(len(text), LARGEST))
            return None
        found = FRONT.match(text)
        if not found:
            self.blame(file, 1, _("harus mulai dengan kepala di antara dua baris ---"))
            return None
        data, source = self.yaml(file, found["front"], first_line=2)
        if data is None:
            return None
        value = self.shape(model, data, source)
        body_line = text.count("\n", 0, found.end()) + 1
        return Written(value, source, text[found.end() :], body_line) if value else None

    def photos(self, folder: str, inside: Iterable[str]) -> dict[str, MediaDef]:
        """The photos of a folder by their name in it."""
        found = {}
        for path in filter(paths.is_photo, inside):
            if media := told(self.texts[path]):
                found[path.removeprefix(folder)] = media
            else:
                self.blame(path, 1, _("bukan foto yang disimpan; muat lagi berkasnya"))
        return found

    def register(self) -> dict[str, SourceDef] | None:
        """The sources by name; None where the texts bring no register."""
        if paths.REGISTER not in self.texts:
            return None
        data, source = self.yaml(paths.REGISTER, self.texts[paths.REGISTER])
        if not isinstance(data, dict):
            self.blame(paths.REGISTER, 1, _("harus berupa nama sumber dan keterangannya"))
            return {}
        found = {}
        for name, entry in data.items():
            told = self.shape(SourceDef, entry, Source(source.file, source.lines, (name,), str(name)))
            if told:
                found[str(name)] = told
        return found

    def items(self, file: str) -> tuple[Written[ItemDef], ...]:
        data, source = self.yaml(file, self.texts[file])
        if data is None:
            return ()
        if not isinstance(data, list):
            self.blame(file, 1, _("harus berupa daftar butir"))
            return ()
        found = (self.item(entry, Source(file, source.lines, (n,), _name(entry, n))) for n, entry in enumerate(data))
        return tuple(item for item in found if item)

    def item(self, entry: Any, source: Source) -> Written[ItemDef] | None:
        kind = entry.get("kind") if isinstance(entry, dict) else None
        if not isinstance(kind, str) or kind not in KINDS:
            said = _("harus salah satu dari %(kinds)s", kinds=", ".join(KINDS))
            self.faults.append(source.fault(said, "kind"))
            return None
        value = self.shape(KINDS[kind], entry, source)
        return Written(value, source) if value else None


def _name(entry: Any, number: int) -> str:
    """How an author knows an entry: by its id, else by its place."""
    named = entry.get("id") if isinstance(entry, dict) else None
    return named if isinstance(named, str) else _("butir ke-%(n)s", n=number + 1)


def read_course(course: str, texts: Mapping[str, str]) -> tuple[CourseDraft | None, list[ContentFault]]:
    """The draft of a course, None when its manifest cannot be used, and all faults of form."""
    reader = _Reader(texts)
    file = paths.manifest(course)
    if file not in texts:
        return None, [ContentFault(file, 1, "-", _("berkas tidak ada"))]
    written = reader.whole(CourseDef, file)
    if written is None:
        return None, reader.faults
    if written.value.id != course:
        said = _("harus sama dengan nama berkas: %(name)s", name=course)
        reader.faults.append(written.source.fault(said, "id"))
    sesi = tuple(_read_sesi(reader, course, *plan) for plan in _plans(written.value))
    _blame_strangers(reader, course, {plan.id for modul in written.value.modul for plan in modul.sesi})
    rubric = reader.whole(RubricDef, paths.rubric(course))
    return CourseDraft(written, sesi, paths.folder(course), rubric, reader.register()), reader.faults


def _plans(course: CourseDef) -> Iterable[tuple[str, str, Path]]:
    """Each sesi once; a rule says which is named twice."""
    seen: set[str] = set()
    for m, modul in enumerate(course.modul):
        for s, plan in enumerate(modul.sesi):
            if plan.id not in seen and not (modul.archived or plan.archived):
                yield modul.id, plan.id, ("modul", m, "sesi", s)
            seen.add(plan.id)


def _read_sesi(reader: _Reader, course: str, modul_id: str, sesi_id: str, plan_path: Path) -> SesiDraft:
    folder = f"{paths.folder(course)}{sesi_id}/"
    inside = sorted(path for path in reader.texts if path.startswith(folder))
    if not inside:
        return SesiDraft(sesi_id, modul_id, plan_path)
    head = folder + paths.SESI
    if head not in inside:
        reader.blame(head, 1, _("berkas tidak ada"))
        return SesiDraft(sesi_id, modul_id, plan_path)
    sesi = reader.front_matter(head, SesiDef)
    if sesi is None:
        return SesiDraft(sesi_id, modul_id, plan_path)
    if sesi.value.id != sesi_id:
        said = _("harus sama dengan nama map: %(name)s", name=sesi_id)
        reader.faults.append(sesi.source.fault(said, "id"))
    steps = (reader.front_matter(path, StepDef) for path in inside if paths.is_step(path))
    items = reader.items(folder + paths.ITEMS) if folder + paths.ITEMS in inside else ()
    pictures = {path.removeprefix(folder): reader.texts[path] for path in inside if path.endswith(".svg")}
    photos = reader.photos(folder, inside)
    rubric = reader.whole(SesiRubricDef, folder + paths.RUBRIC)
    scenes = tuple(s for s in (reader.whole(SceneDef, path) for path in inside if paths.is_scene(path)) if s)
    scenes = tuple(sorted(scenes, key=lambda scene: scene.value.id))
    whole = [s for s in steps if s]
    kept = tuple(step for step in whole if not step.value.archived)
    gone = tuple(step for step in whole if step.value.archived)
    return SesiDraft(sesi_id, modul_id, plan_path, sesi, kept, items, pictures, rubric, scenes, gone, photos)


def _blame_strangers(reader: _Reader, course: str, known: set[str]) -> None:
    """Each file must belong to a sesi of the manifest and have a name that means something."""
    folder = paths.folder(course)
    for path in sorted(reader.texts):
        if not path.startswith(folder) or path in (paths.rubric(course), paths.arrived(course)):
            continue
        sesi_id, _slash, name = path.removeprefix(folder).partition("/")
        if sesi_id not in known:
            said = _("sesi %(sesi)s tidak ada dalam %(file)s", sesi=sesi_id, file=paths.manifest(course))
            reader.blame(path, 1, said)
        elif not paths.is_known(name):
            reader.blame(path, 1, _("nama berkas tidak dikenal (%(known)s)", known=KNOWN_NAMES))


def read_instrument(file: str, text: str) -> tuple[InstrumentDef | None, list[ContentFault]]:
    """An instrument of evaluation, None when it cannot be used, and its faults of form."""
    reader = _Reader({file: text})
    data, source = reader.yaml(file, text)
    value = reader.shape(InstrumentDef, data, source) if data is not None else None
    if value is not None and f"{paths.INSTRUMENTS}{value.code}.yaml" != file:
        reader.faults.append(source.fault(_("harus sama dengan nama berkas: %(name)s", name=file), "code"))
    return value, reader.faults
