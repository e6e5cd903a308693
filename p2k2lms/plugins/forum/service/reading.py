"""What pages of talk show: the newest questions within reach, those of a place, one with its answers, reports."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from p2k2lms.core.access import Actor, allowed, has_role, require
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.forum import queries as read
from p2k2lms.plugins.forum import rules
from p2k2lms.plugins.forum.permissions import (
    APPROVE_POST,
    CHANGE_POST,
    LIST_THREADS,
    READ_THREAD,
    judged,
    looks_after,
    reach,
)
from p2k2lms.plugins.forum.service import places
from p2k2lms.plugins.forum.values import SEEN, SHUT, Place, PostCard, ReportCard, Shelf, ThreadCard
from p2k2lms.plugins.identity import service as identity

PAGE, MOST_REPORTS = 20, 60


@dataclass(frozen=True)
class Desk:
    """The newest questions within reach, the ways in, and how many texts wait for a judgement."""

    threads: tuple[ThreadCard, ...]
    places: tuple[Place, ...]
    obstacles: bool
    waiting: int
    judges: bool
    before: datetime | None


@dataclass(frozen=True)
class Board:
    """The questions of one place, and what stays beside it."""

    place: Place
    shelf: Shelf
    threads: tuple[ThreadCard, ...]
    before: datetime | None


@dataclass(frozen=True)
class Page:
    """One question with its answers, the best first."""

    thread: ThreadCard
    question: PostCard
    answers: tuple[PostCard, ...]
    names: dict[int, str]
    own: int
    may_confirm: bool
    may_judge: bool

    @property
    def open(self) -> bool:
        """True while somebody may still answer."""
        return self.thread.state != SHUT

    def shows(self, post: PostCard) -> bool:
        """True if this reader sees the text: what is held only its author and who judges."""
        return post.look == SEEN or (bool(post.text) and (self.may_judge or post.person_id == self.own))


def desk(actor: Actor, only: str = "", before: datetime | None = None) -> Desk:
    """The questions that the actor may see, the newest word first."""
    require(actor, LIST_THREADS)
    mine = reach(actor)
    found = read.of_reach(mine, only, actor.id or 0, before, PAGE + 1)
    judges = has_role(actor, CHANGE_POST)
    return Desk(
        threads=tuple(found[:PAGE]),
        places=tuple(places.own_places(actor)),
        obstacles=mine.obstacles,
        waiting=read.how_many_wait(judged(actor)) if judges else 0,
        judges=judges,
        before=found[PAGE - 1].last_at if len(found) > PAGE else None,
    )


def board(actor: Actor, kind: str, key: str, before: datetime | None = None) -> Board:
    """The questions of one place; NotFound for who may not see it."""
    place = places.place(actor, kind, key)
    found = read.of_place(place.kind, place.key, PAGE + 1, before)
    later = found[PAGE - 1].last_at if len(found) > PAGE else None
    return Board(place, places.shelf(place.kind, place.key), tuple(found[:PAGE]), later)


def page(actor: Actor, thread_id: uuid.UUID) -> Page:
    """One question with its answers; NotFound for who may not see it."""
    thread = read.thread(thread_id)
    if thread is None:
        raise NotFound("thread")
    require(actor, READ_THREAD, thread.realm)
    posts = read.posts(thread_id, actor.id or 0)
    return Page(
        thread=thread,
        question=next(post for post in posts if post.id == thread_id),
        answers=tuple(rules.ranked(post for post in posts if post.id != thread_id)),
        names=identity.names({*(p.person_id for p in posts), *(p.confirmed_by for p in posts if p.confirmed_by)}),
        own=actor.id or 0,
        may_confirm=allowed(actor, APPROVE_POST, thread.realm),
        may_judge=allowed(actor, CHANGE_POST, thread.realm),
    )


def reports(actor: Actor) -> list[ReportCard]:
    """The texts that the actor should judge, the longest waiting first."""
    require(actor, CHANGE_POST)
    found = read.waiting(judged(actor), MOST_REPORTS)
    return [card for card in found if looks_after(actor, card.thread.realm)]


def answer_to_confirm(actor: Actor, post_id: uuid.UUID) -> ReportCard:
    """The answer that a widyaiswara is about to confirm, with its thread."""
    about = _about(actor, post_id)
    require(actor, APPROVE_POST, about.thread.realm)
    if about.post.id == about.thread.id or about.post.look != SEEN:
        raise NotFound("answer")
    return about


def post_to_report(actor: Actor, post_id: uuid.UUID) -> ReportCard:
    """The text that somebody is about to report, with its thread."""
    about = _about(actor, post_id)
    if about.post.look != SEEN:
        raise NotFound("post")
    return about


def _about(actor: Actor, post_id: uuid.UUID) -> ReportCard:
    found = read.post(post_id)
    if found is None:
        raise NotFound("post")
    require(actor, READ_THREAD, found.thread.realm)
    return found
