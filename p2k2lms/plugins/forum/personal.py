"""What the forum holds of people."""

from sqlalchemy import select, update

from p2k2lms.core.db import db
from p2k2lms.core.i18n import lazy
from p2k2lms.core.personal import Holding, Mention
from p2k2lms.plugins.forum.models import Helped, Post, Report, Shelf, Thread
from p2k2lms.plugins.forum.values import COVERED

MINE = ("person_id",)
ASKED = lazy("Bertanya dan menjawab di antara rekan")
GONE = "(dihapus atas permintaan penulisnya)"


def _words_gone(person_id: int) -> None:
    """The words go, also from the copies that places show; what was covered holds none any more."""
    seen = (Post.person_id == person_id, Post.look != COVERED)
    db.session.execute(update(Post).where(*seen).values(text=GONE, tip=""))
    mine = {str(one) for one in db.session.scalars(select(Post.id).where(Post.person_id == person_id))}
    for shelf in db.session.scalars(select(Shelf)):
        left = [one for one in shelf.best if mine.isdisjoint(map(str, one.values()))]
        if len(left) < len(shelf.best):
            shelf.best = left
    db.session.flush()


PERSONAL = (
    Holding(Thread, lazy("Pertanyaan di Tanya rekan"), ASKED, names=MINE),
    Holding(
        Post,
        lazy("Tulisan di Tanya rekan"),
        ASKED,
        names=MINE,
        also=_words_gone,
    ),
    Holding(Helped, lazy("Jawaban yang Anda anggap membantu"), ASKED, names=MINE),
    Holding(Report, lazy("Tulisan yang Anda laporkan"), ASKED, names=MINE),
    Mention(Post, ("confirmed_by", "redacted_by")),
    Mention(Report, ("settled_by",)),
)
