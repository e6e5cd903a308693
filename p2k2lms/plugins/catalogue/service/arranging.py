"""Authors carry a whole course as a file: out as a ZIP of the exchange form, and back in."""

from collections.abc import Mapping

from p2k2lms.core import archives
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import paths, queries
from p2k2lms.plugins.catalogue.permissions import CHANGE_DOCUMENT, LIST_DOCUMENTS
from p2k2lms.plugins.catalogue.service.authoring import as_files, load
from p2k2lms.plugins.catalogue.service.media import keep_media, redrawn
from p2k2lms.plugins.catalogue.service.studio import workbench
from p2k2lms.plugins.catalogue.values.media import MediaDef

REVISION = "REVISI.txt"
MOST_NAMED = 10


def packed(actor: Actor, course: str) -> bytes:
    """The drafts of a course as a ZIP of the exchange form, keys of the tests included, with its revision."""
    require(actor, LIST_DOCUMENTS, course)
    texts = queries.texts(course)
    if not texts:
        raise NotFound(f"course {course}")
    revision = {REVISION: f"{queries.last_revision(course)}\n".encode()}
    return archives.write(as_files(texts) | revision)


def unpack(actor: Actor, course: str, data: bytes) -> int:
    """Make the drafts equal to such a ZIP; returns how many of them it changed, added or took away.

    Conflict when the course has moved on since the ZIP was made: nothing of anybody is overwritten unseen.
    """
    require(actor, CHANGE_DOCUMENT, course)
    files = archives.read(data)
    said = files.pop(REVISION, b"").decode("ascii", "replace").strip()
    onto = int(said) if said.isdigit() and len(said) < 10 else None
    if onto is not None and onto != queries.last_revision(course):
        raise _moved_on(actor, course, onto)
    texts, photos = _texts(course, files)
    with unit_of_work("catalogue.load_documents", actor, f"course:{course}"):
        for media, body in photos:
            keep_media(media, body, actor)
        before = queries.texts(course)
        load(course, texts, onto, actor)
        after = queries.texts(course)
    return sum(before.get(path) != after.get(path) for path in before.keys() | after.keys())


def _moved_on(actor: Actor, course: str, onto: int) -> Conflict:
    """What to tell who brings a ZIP of an earlier revision: which drafts have changed here since."""
    fresh = {one.path for one in queries.documents(course) if one.revision > onto}
    names = [one.name for one in workbench(actor, course).changed if one.path in fresh][:MOST_NAMED]
    here = _("Naskah di sini sudah berubah sejak ZIP ini diunduh.")
    what = _("Yang berubah: %(names)s.", names="; ".join(names)) if names else ""
    return Conflict(
        " ".join(filter(None, (here, what, _("Unduh lagi, gabungkan, lalu masukkan. Tidak ada yang hilang."))))
    )


def _texts(course: str, files: Mapping[str, bytes]) -> tuple[dict[str, str], list[tuple[MediaDef, bytes]]]:
    """The documents in an archive, each of this course and a text or a photo; and the photos with their bytes."""
    found, photos = {}, []
    for path, content in files.items():
        if path != paths.manifest(course) and not path.startswith(paths.folder(course)):
            raise Invalid(_("Berkas ini bukan milik kursus ini: %(path)s", path=path[:80]), "file")
        try:
            if paths.is_photo(path):
                photos.append(redrawn(content))
            found[path] = photos[-1][0].text if paths.is_photo(path) else content.decode("utf-8")
        except UnicodeDecodeError as problem:
            raise Invalid(_("Bukan teks UTF-8: %(path)s", path=path[:80]), "file") from problem
    return found, photos
