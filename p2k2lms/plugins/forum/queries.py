"""Reads threads, posts, reports and shelves."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, insert, literal, or_, select, update

from p2k2lms.core.db import Model, db, look
from p2k2lms.plugins.forum.models import Helped, Post, Report, Shelf, Thread
from p2k2lms.plugins.forum.values import OF_COURSE, OPEN, OWN, SEEN, SHUT, Best, PostCard, Reach, ReportCard, ThreadCard
from p2k2lms.plugins.forum.values import Shelf as ShelfCard

# A card of a course asks this each time, so it is built once.
_SHELF: Any = Shelf.__table__
_OF_PLACE = select(_SHELF.c.questions, _SHELF.c.best).where(
    _SHELF.c.place_kind == bindparam("kind"), _SHELF.c.place_id == bindparam("key")
)
THREAD = (
    Thread.id,
    Thread.place_kind.label("kind"),
    Thread.place_id.label("key"),
    Thread.realm,
    Thread.place_title.label("title"),
    Thread.state,
    Thread.person_id,
    Thread.answers,
    Thread.asked_at,
    Thread.last_at,
)
POST = (
    Post.id,
    Post.thread_id,
    Post.person_id,
    Post.text,
    Post.look,
    Post.helpful,
    Post.confirmed_by,
    Post.tip,
    Post.occurred_at.label("at"),
)


def _threads(*conditions: Any, limit: int) -> list[ThreadCard]:
    wanted = select(*THREAD, Post.text, Post.look).join(Post, Post.id == Thread.id).where(*conditions)
    rows = db.session.execute(wanted.order_by(Thread.last_at.desc(), Thread.id).limit(limit))
    return [_thread(row._asdict()) for row in rows]


def _thread(said: dict[str, Any]) -> ThreadCard:
    return ThreadCard(**{**said, "text": said["text"] if said["look"] == SEEN else ""})


def _within(reach: Reach) -> Any:
    """The list twin of `Reach.holds`."""
    named = Thread.realm.in_(sorted(reach.realms))
    return or_(named, Thread.realm.startswith(OF_COURSE)) if reach.every_course else named


def of_reach(reach: Reach, only: str, person_id: int, before: datetime | None, limit: int) -> list[ThreadCard]:
    """The questions within reach, those with the newest word first; `only` those that are open, or one's own."""
    told = [_within(reach), *([Thread.last_at < before] if before else [])]
    told += [Thread.state == OPEN] if only == OPEN else []
    told += [Thread.person_id == person_id] if only == OWN else []
    return _threads(*told, limit=limit)


def of_place(kind: str, key: str, limit: int, before: datetime | None) -> list[ThreadCard]:
    """The questions of one place."""
    told = [Thread.place_kind == kind, Thread.place_id == key, *([Thread.last_at < before] if before else [])]
    return _threads(*told, limit=limit)


def thread(thread_id: uuid.UUID) -> ThreadCard | None:
    """One question."""
    return next(iter(_threads(Thread.id == thread_id, limit=1)), None)


def posts(thread_id: uuid.UUID, reader_id: int) -> list[PostCard]:
    """The question and its answers, each with whether the reader found it helpful."""
    said = and_(Helped.post_id == Post.id, Helped.person_id == reader_id)
    wanted = select(*POST, Helped.person_id.is_not(None).label("mine")).outerjoin(Helped, said)
    rows = db.session.execute(wanted.where(Post.thread_id == thread_id).order_by(Post.received_at, Post.id))
    return [PostCard(**row._asdict()) for row in rows]


def row(post_id: uuid.UUID) -> tuple[Post, Thread] | None:
    """A post and its thread, to change."""
    wanted = select(Post, Thread).join(Thread, Thread.id == Post.thread_id).where(Post.id == post_id)
    found = db.session.execute(wanted.with_for_update()).one_or_none()
    return (found[0], found[1]) if found else None


def thread_row(thread_id: uuid.UUID) -> Thread | None:
    """A thread, to change."""
    return db.session.get(Thread, thread_id, with_for_update=True)


def counted(thread_id: uuid.UUID) -> tuple[int, int]:
    """How many answers of a thread are seen, and how many of them are confirmed."""
    wanted = select(func.count(), func.count(Post.confirmed_by)).where(
        Post.thread_id == thread_id, Post.id != thread_id, Post.look == SEEN
    )
    answers, confirmed = db.session.execute(wanted).one()
    return int(answers), int(confirmed)


def helped(post_id: uuid.UUID, person_id: int) -> bool:
    """True if this person found the answer helpful."""
    return db.session.get(Helped, (post_id, person_id)) is not None


def forget_helped(post_id: uuid.UUID, person_id: int) -> None:
    """This person does not find it helpful after all."""
    db.session.execute(delete(Helped).where(Helped.post_id == post_id, Helped.person_id == person_id))


def how_many_helped(post_id: uuid.UUID) -> int:
    """How many people found the answer helpful."""
    return db.session.scalar(select(func.count()).select_from(Helped).where(Helped.post_id == post_id)) or 0


def shelf(kind: str, key: str) -> ShelfCard:
    """What a place shows on pages of others."""
    found = look(_OF_PLACE, {"kind": kind, "key": key}).one_or_none()
    return ShelfCard(found.questions, tuple(Best(**one) for one in found.best)) if found else ShelfCard()


def shelves(kind: str, beginnings: Sequence[str], limit: int) -> list[tuple[str, ShelfCard]]:
    """What the places of a kind whose names begin so show, those with the most questions first."""
    begins = or_(*(Shelf.place_id.startswith(name, autoescape=True) for name in beginnings))
    wanted = select(Shelf.place_id, Shelf.questions, Shelf.best).where(Shelf.place_kind == kind, begins)
    rows = db.session.execute(wanted.order_by(Shelf.questions.desc(), Shelf.place_id).limit(limit))
    return [(key, ShelfCard(questions, tuple(Best(**one) for one in best))) for key, questions, best in rows]


def good_answers(kind: str, key: str) -> list[PostCard]:
    """The answers of a place that are confirmed, or that helped somebody."""
    wanted = select(*POST, literal(False).label("mine")).join(Thread, Thread.id == Post.thread_id)
    here = wanted.where(Thread.place_kind == kind, Thread.place_id == key, Thread.state != SHUT, Post.id != Thread.id)
    good = here.where(Post.look == SEEN, (Post.helpful > 0) | Post.confirmed_by.is_not(None))
    first = good.order_by(Post.confirmed_by.is_(None), Post.helpful.desc(), Post.occurred_at).limit(20)
    return [PostCard(**row._asdict()) for row in db.session.execute(first)]


def questions(kind: str, key: str) -> int:
    """How many questions of a place are not shut."""
    here = select(func.count()).where(Thread.place_kind == kind, Thread.place_id == key, Thread.state != SHUT)
    return db.session.scalar(here) or 0


def shelf_row(kind: str, key: str) -> Shelf | None:
    """The shelf of a place, to change."""
    return db.session.get(Shelf, (kind, key), with_for_update=True)


def reasons(post_id: uuid.UUID) -> list[Report]:
    """The reports of a post that nobody has judged."""
    return list(db.session.scalars(select(Report).where(Report.post_id == post_id, Report.settled_at.is_(None))))


def has_reported(post_id: uuid.UUID, person_id: int) -> bool:
    """True if this person has reported the post, judged or not."""
    wanted = select(Report.id).where(Report.post_id == post_id, Report.person_id == person_id)
    return db.session.scalar(wanted) is not None


def settle(post_id: uuid.UUID, person_id: int, at: datetime) -> None:
    """Whatever was reported about a post has been judged."""
    waiting = update(Report).where(Report.post_id == post_id, Report.settled_at.is_(None))
    db.session.execute(waiting.values(settled_by=person_id, settled_at=at))


_REPORTED = (*POST, *(c.label(f"t_{c.key}") for c in THREAD))


def _reported(row: dict[str, Any], reasons: tuple[str, ...], since: datetime) -> ReportCard:
    post = PostCard(**{c.key: row[c.key] for c in POST})
    about = ThreadCard(**{c.key: row[f"t_{c.key}"] for c in THREAD}, text="", look=post.look)
    return ReportCard(post, about, reasons, since)


def post(post_id: uuid.UUID) -> ReportCard | None:
    """A post with its thread."""
    wanted = select(*_REPORTED).join(Thread, Thread.id == Post.thread_id).where(Post.id == post_id)
    found = db.session.execute(wanted).one_or_none()
    return _reported(found._asdict(), (), found.at) if found else None


def waiting(reach: Reach, limit: int) -> list[ReportCard]:
    """The posts within reach that wait for a judgement, the longest first."""
    wanted = (
        select(Report.reason, Report.at.label("since"), *_REPORTED)
        .join(Post, Post.id == Report.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Report.settled_at.is_(None), _within(reach))
    )
    found: dict[uuid.UUID, ReportCard] = {}
    for said in db.session.execute(wanted.order_by(Report.at, Report.id).limit(limit)):
        row = said._asdict()
        known = found.get(row["id"])
        told = (*(known.reasons if known else ()), row["reason"])
        found[row["id"]] = _reported(row, told, known.since if known else row["since"])
    return list(found.values())


def how_many_wait(reach: Reach) -> int:
    """How many posts within reach wait for a judgement."""
    wanted = (
        select(func.count(Report.post_id.distinct()))
        .join(Post, Post.id == Report.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Report.settled_at.is_(None), _within(reach))
    )
    return db.session.scalar(wanted) or 0


def insert_many(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write many rows at once: for synthetic data, not for use-cases."""
    if rows:
        db.session.execute(insert(model), list(rows))
