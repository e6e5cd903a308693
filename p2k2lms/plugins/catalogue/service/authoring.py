"""Changes documents and publishes them: load from files, freeze into a version, write back out."""

import hashlib
import json
import logging
from collections.abc import Collection, Mapping, Sequence

from p2k2lms.core import clock
from p2k2lms.core.access import SYSTEM, Actor
from p2k2lms.core.errors import Conflict, Fault, Invalid, NotFound
from p2k2lms.core.i18n import _, counted
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import packing, paths, queries
from p2k2lms.plugins.catalogue.models import CourseVersion, Document, VersionTexts
from p2k2lms.plugins.catalogue.packs import shelf, squeeze
from p2k2lms.plugins.catalogue.reading import read_course
from p2k2lms.plugins.catalogue.rules import structure_faults
from p2k2lms.plugins.catalogue.service.drafting import keep, note_new
from p2k2lms.plugins.catalogue.service.losing import refuse_loss
from p2k2lms.plugins.catalogue.service.searching import index_of
from p2k2lms.plugins.catalogue.values.draft import ContentFault, CourseDraft
from p2k2lms.plugins.catalogue.values.media import told
from p2k2lms.plugins.catalogue.values.pack import OpenPack, VersionCard

LONGEST_ID = 60
log = logging.getLogger(__name__)


def load(
    course: str, texts: Mapping[str, str], onto: int | None = None, actor: Actor = SYSTEM, whole: bool = False
) -> int:
    """Make the drafts of a course equal to these files, in the name of who acts; returns its revision afterwards.

    Files without any sealed document are an export without keys: the sealed drafts stay where their sesi does, unless
    the files are `whole`.
    Refused when a document was edited in the database since it was last loaded, unless `onto` is the
    course's revision now: then the caller has seen those edits.
    """
    if paths.manifest(course) not in texts or len(course) > LONGEST_ID:
        told = {"course": course, "file": paths.manifest(course)}
        raise NotFound(_("Kursus %(course)s tidak ada: %(file)s tidak ditemukan.", **told))
    with unit_of_work("catalogue.load_documents", actor, f"course:{course}") as uow:
        queries.hold(course)
        unsealed = not whole and not any(map(paths.is_sealed, texts))
        spared = {paths.around(path) for path in (*texts, paths.arrived(course))} if unsealed else ()
        kept = {d.path: d for d in queries.documents(course) if not _is_spared(d.path, spared)}
        _refuse_overwriting(course, kept, texts, onto)
        revision = queries.last_revision() + 1
        if actor is not SYSTEM:
            for path, document in kept.items():
                if texts.get(path) != document.text:
                    keep(uow, document, revision)
        queries.remove_documents(kept[path].id for path in kept.keys() - texts.keys())
        for path, text in texts.items():
            if path in kept:
                _take(kept[path], text, revision, actor)
            else:
                made = Document(path=path, course=course, text=text, revision=revision, origin="file")
                made.author_id, made.state = actor.id, "draft"
                uow.add(made)
                if actor is not SYSTEM:
                    note_new(uow, made, revision)
        return queries.last_revision(course)


def _is_spared(path: str, folders: Collection[str]) -> bool:
    return paths.is_sealed(path) and paths.around(path) in folders


def _refuse_overwriting(course: str, kept: Mapping[str, Document], texts: Mapping[str, str], onto: int | None) -> None:
    now = queries.last_revision(course)
    if onto is not None and onto != now:
        told = {"course": course, "now": now, "onto": onto}
        raise Conflict(
            _("Kursus %(course)s sudah sampai revisi %(now)s, bukan %(onto)s. Ekspor lagi, lalu muat.", **told)
        )
    edited = [d.path for d in kept.values() if d.origin == "database" and texts.get(d.path) != d.text]
    if edited and onto is None:
        said = _(
            "%(names)s disunting di basis data setelah dimuat. Tidak ada yang diubah. "
            "Ekspor dulu, gabungkan, lalu muat dengan --onto %(now)s.",
            names=", ".join(edited),
            now=now,
        )
        raise Conflict(said)


def _take(document: Document, text: str, revision: int, actor: Actor) -> None:
    document.origin = "file"
    if document.text != text:
        document.text, document.revision, document.state = text, revision, "draft"
        document.author_id, document.updated_at = actor.id, clock.now()


def publish(
    course: str, drop: bool = False, onto: int | None = None, actor: Actor = SYSTEM, fewer_items: bool = False
) -> VersionCard:
    """Freeze the drafts into the next version; where nothing changed, the newest version as it is.

    `onto` is the revision of the course that was approved: what was written since is not published unseen.
    Refused with every fault of form, and when a langkah or an item of the newest version is missing, unless `drop`;
    `fewer_items` says that items alone may be.
    """
    revision = queries.last_revision(course) if onto is None else onto
    texts = queries.texts(course)
    draft = checked_draft(course, texts)
    packed = packing.pack(draft)
    if packed.faults:
        raise _refusal(course, packed.faults)
    with unit_of_work("catalogue.publish_course", actor, f"course:{course}") as uow:
        queries.hold(course)
        if lost := queries.absent_media({media.sha for sesi in draft.ready for media in sesi.photos.values()}):
            named = ", ".join(sorted(lost))
            raise Conflict(_("Berkas foto tidak ada di sini: %(names)s. Muat lagi berkasnya.", names=named))
        if queries.last_revision(course) != revision:
            raise Conflict(_("Naskah berubah ketika sedang diterbitkan. Terbitkan lagi."))
        for document in queries.documents(course):
            document.state = "published"
        newest = queries.latest(course)
        if newest and newest.hash in (packed.hash, _again(packed.hash, newest.number)):
            return newest
        if newest and not drop:
            refuse_loss(newest, draft, fewer_items)
        row = uow.add(_version(draft, packed, newest.number + 1 if newest else 1))
        uow.add(VersionTexts(version_id=row.id, body=squeeze(json.dumps(texts, ensure_ascii=False).encode())))
        shelf().forget(row.id)
        log.info("published %s version %s %s", course, row.number, packed.hash)
        return VersionCard(row.id, course, row.number, row.title, row.hash, row.published_at, row.jp)


def checked_draft(course: str, texts: Mapping[str, str]) -> CourseDraft:
    """The draft of a course; raises Invalid with every fault that keeps it from being published."""
    if not texts:
        raise NotFound(_("Kursus %(course)s tidak punya naskah.", course=course))
    draft, faults = read_course(course, texts)
    if draft is not None and not faults:
        faults = structure_faults(draft)
    if draft is None or faults:
        raise _refusal(course, faults)
    return draft


def _refusal(course: str, faults: Sequence[ContentFault]) -> Invalid:
    told = [Fault(f"{f.file}:{f.line}: {f.key}", f.message) for f in sorted(faults)]
    said = counted("Kursus %(course)s belum dapat diterbitkan: %(n)s hal perlu dibenahi.", len(told), course=course)
    return Invalid(said, faults=told)


def _again(digest: str, number: int) -> str:
    """The hash of content that was published before and comes back as this version: no two versions share one."""
    return hashlib.sha256(f"{digest} {number}".encode()).hexdigest()


def _version(draft: CourseDraft, packed: packing.Packed, number: int) -> CourseVersion:
    course = draft.course.value
    known = queries.version_with_hash(course.id, packed.hash)
    return CourseVersion(
        course=course.id,
        number=number,
        hash=_again(packed.hash, number) if known else packed.hash,
        title=course.title,
        jp=course.jp,
        open_pack=squeeze(packed.open_part),
        sealed_pack=squeeze(packed.sealed_part),
        search_index=squeeze(index_of(OpenPack.model_validate_json(packed.open_part)).model_dump_json().encode()),
    )


def documents(course: str, sealed: bool = False) -> tuple[dict[str, str], int]:
    """The drafts of a course by path, and its revision; documents with keys of the tests only if `sealed`."""
    texts = {path: text for path, text in queries.texts(course).items() if sealed or not paths.is_sealed(path)}
    if not texts:
        raise NotFound(_("Kursus %(course)s tidak punya naskah.", course=course))
    return texts, queries.last_revision(course)


def exported(course: str, sealed: bool = False) -> tuple[dict[str, bytes], int]:
    """The drafts as files, photos as they are kept, and the course's revision."""
    texts, revision = documents(course, sealed)
    return as_files(texts), revision


def as_files(texts: Mapping[str, str]) -> dict[str, bytes]:
    """What each document is as a file: its text, or the bytes of the photo that it stands for."""
    photos = {path: media for path, text in texts.items() if paths.is_photo(path) and (media := told(text))}
    kept = queries.kept_media({media.sha for media in photos.values()})
    return {path: kept[photos[path].sha] if path in photos else text.encode() for path, text in texts.items()}


def drafted_courses() -> dict[str, str]:
    """All courses that have drafts, by id: the title, or the id again of what was never published."""
    titles = {version.course: version.title for version in queries.latest_versions()}
    return {course: titles.get(course, course) for course in queries.drafted_courses()}
