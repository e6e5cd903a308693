"""The one way in which drafts change: what stood before is kept, so that it can be taken back and no text is lost."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from p2k2lms.core import clock
from p2k2lms.core.access import SYSTEM, Actor, require
from p2k2lms.core.errors import Conflict, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.catalogue import queries, yaml_source
from p2k2lms.plugins.catalogue.models import Document, Past
from p2k2lms.plugins.catalogue.permissions import CHANGE_DOCUMENT

ONE_SITTING = timedelta(minutes=10)
TYPED = "catalogue.change_card"


@dataclass(frozen=True)
class Earlier:
    """A text that a document had; `own` says that who asks changed it then."""

    id: int
    text: str
    at: datetime
    own: bool
    undone: bool


@contextmanager
def changing(use_case: str, actor: Actor, course: str, subject: str = "") -> Iterator[UnitOfWork]:
    """Open the drafts of a course for one change: changes of others wait, so none is built on a stale text.

    Conflict, in words, where what must be changed is itself broken.
    """
    with unit_of_work(use_case, actor, subject or f"course:{course}") as uow:
        if actor is not SYSTEM:
            require(actor, CHANGE_DOCUMENT, course)
        queries.hold(course)
        try:
            yield uow
        except yaml_source.Unreadable as broken:
            raise unreadable(broken) from broken


def unreadable(broken: yaml_source.Unreadable) -> Conflict:
    """What to tell an author whose text has a head that nobody can read."""
    why = _("Kepala naskah ini rusak di baris %(line)s: %(why)s.", line=broken.line, why=broken.message)
    return Conflict(why + " " + _("Unduh naskahnya, benahi, lalu unggah lagi. Tidak ada yang berubah."))


def write(uow: UnitOfWork, kept: Document | None, new: Document, text: str, revision: int) -> None:
    """Give a document its new text, in the name of who acts; it is a draft again."""
    if kept is not None and kept.text == text:
        return
    document = kept or new
    if kept is not None:
        keep(uow, kept, revision)
    document.text, document.revision, document.state, document.origin = text, revision, "draft", "database"
    document.author_id, document.updated_at = uow.actor.id, clock.now()
    if kept is None:
        uow.add(document)
        note_new(uow, document, revision)


def write_new(uow: UnitOfWork, course: str, texts: Mapping[str, str], revision: int) -> None:
    """Many documents that were not there before, in the name of who acts; taking the change back removes them."""
    told = {"course": course, "revision": revision, "state": "draft", "origin": "database", "author_id": uow.actor.id}
    made = [Document(path=path, text=text, **told) for path, text in texts.items()]
    uow.add_all(made)
    uow.add_all([_past(uow, document, revision, None) for document in made])


def note_new(uow: UnitOfWork, document: Document, revision: int) -> None:
    """Remember that there was no such document before."""
    _note(uow, document, revision, None)


def rename(uow: UnitOfWork, moves: Sequence[tuple[Document, str]], revision: int) -> None:
    """Give documents new paths, all at once: two may change places."""
    for document, _path in moves:
        keep(uow, document, revision)
        document.revision, document.state, document.origin = revision, "draft", "database"
        document.author_id, document.path = uow.actor.id, f"{document.path}~"
    queries.flush()
    for document, path in moves:
        document.path = path


def keep(uow: UnitOfWork, document: Document, revision: int) -> None:
    """Remember a document as it stands, before it changes; of what one person types in one sitting, only the start."""
    last = queries.last_past(document.id)
    if last is not None and last.change == revision:
        return
    if uow.use_case == TYPED and last is not None and document.state != "published":
        same = last.author_id == uow.actor.id and last.use_case == TYPED and last.text is not None
        if same and clock.now() - last.made_at < ONE_SITTING:
            return
    _note(uow, document, revision, document.text)


def _note(uow: UnitOfWork, document: Document, revision: int, text: str | None) -> None:
    uow.add(_past(uow, document, revision, text))


def _past(uow: UnitOfWork, document: Document, revision: int, text: str | None) -> Past:
    past = Past(course=document.course, document_id=document.id, path=document.path, change=revision, text=text)
    past.state, past.use_case, past.author_id = document.state, uow.use_case, uow.actor.id
    return past


def undo(actor: Actor, course: str) -> str:
    """Take back one's own newest change of a course; returns its use-case. Conflict when others built upon it."""
    with changing("catalogue.undo_change", actor, course) as uow:
        newest = queries.latest(course)
        rows = queries.last_change(course, actor.id, newest.published_at if newest else None)
        if not rows:
            raise Conflict(_("Tidak ada perubahan Anda yang bisa dibatalkan."))
        kept = {one.id: one for one in queries.documents(course)}
        revision = queries.last_revision() + 1
        for row in rows:
            last = queries.last_past(row.document_id)
            if last is not None and last.id != row.id:
                raise Conflict(_("Naskah ini sudah diubah lagi setelah perubahan Anda. Pakai riwayat kartunya."))
        back = [_restore(uow, kept.get(row.document_id), row, revision) for row in rows]
        queries.flush()
        for document in back:
            if document is not None:
                document.path = document.path.removesuffix("~")
        return rows[0].use_case


def _restore(uow: UnitOfWork, document: Document | None, row: Past, revision: int) -> Document | None:
    """The document as it was before, None if it was not there; the row keeps what is taken away."""
    row.undone = True
    if row.text is None:
        if document is not None:
            row.text = document.text
            queries.remove_documents([document.id])
        return None
    if document is None:
        document = uow.add(Document(path=row.path, course=row.course, text="", revision=revision, origin="database"))
    row.text, document.text = document.text, row.text
    row.path, document.path = document.path, f"{row.path}~" if row.path != document.path else row.path
    state = "published" if row.state == "published" else "draft"  # the newest version says just that
    document.revision, document.state, document.origin = revision, state, "database"
    document.author_id, document.updated_at = uow.actor.id, clock.now()
    return document


def earlier(actor: Actor, document: Document) -> list[Earlier]:
    """What a document said before, the newest first."""
    return [
        Earlier(row.id, row.text, row.made_at, row.author_id == actor.id, row.undone)
        for row in queries.pasts(document.id)
        if row.text is not None and row.text != document.text
    ]


def bring_back(actor: Actor, course: str, past_id: int) -> str:
    """Give a document the text that it had; returns its path. What it says now stays in its past."""
    with changing("catalogue.bring_back_text", actor, course) as uow:
        row = queries.past(course, past_id)
        document = next((one for one in queries.documents(course) if row and one.id == row.document_id), None)
        if row is None or row.text is None or document is None:
            raise NotFound(f"past {past_id}")
        write(uow, document, document, row.text, queries.last_revision() + 1)
        return document.path
