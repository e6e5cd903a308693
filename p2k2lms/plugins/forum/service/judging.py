"""What is said about an answer: it helped, it is confirmed, it is a tip, it should be looked at, it is covered."""

import uuid

from p2k2lms.core import clock, free_text, journal
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.forum import queries as read
from p2k2lms.plugins.forum import rules
from p2k2lms.plugins.forum.models import Helped, Post, Report, Thread
from p2k2lms.plugins.forum.permissions import APPROVE_POST, CHANGE_POST, CREATE_POST, READ_THREAD
from p2k2lms.plugins.forum.service import places
from p2k2lms.plugins.forum.service.calling import call_judges
from p2k2lms.plugins.forum.values import (
    ANSWERED,
    COVERED,
    HELD,
    LONGEST_TIP,
    OPEN,
    REASONS,
    SEEN,
    SHUT,
)


def _rows(actor: Actor, post_id: uuid.UUID) -> tuple[Post, Thread]:
    """A post and its thread for somebody who may see them; NotFound for others."""
    found = read.row(post_id)
    if found is None:
        raise NotFound("post")
    require(actor, READ_THREAD, found[1].realm)
    return found


def _answer(actor: Actor, post_id: uuid.UUID) -> tuple[Post, Thread]:
    """An answer that is seen."""
    post, thread = _rows(actor, post_id)
    if post.id == thread.id or post.look != SEEN:
        raise NotFound("answer")
    return post, thread


def _settle(uow: UnitOfWork, thread: Thread) -> None:
    """Bring the thread and its place up to date with its posts."""
    thread.answers, confirmed = read.counted(thread.id)
    if thread.state != SHUT:
        thread.state = ANSWERED if confirmed else OPEN
    places.put_on_shelf(uow, thread.place_kind, thread.place_id)


def say_helpful(actor: Actor, post_id: uuid.UUID, helpful: bool) -> uuid.UUID:
    """The actor found an answer of somebody else helpful, or takes that back; returns its thread."""
    require(actor, CREATE_POST)
    with unit_of_work("forum.say_helpful", actor, f"post:{post_id}") as uow:
        post, thread = _answer(actor, post_id)
        if post.person_id == actor.id:
            raise Invalid(_("Jawaban sendiri dinilai oleh rekan."))
        if helpful and not read.helped(post_id, actor.id or 0):
            uow.add(Helped(post_id=post_id, person_id=actor.id))
        if not helpful:
            read.forget_helped(post_id, actor.id or 0)
        post.helpful = read.how_many_helped(post_id)
        _settle(uow, thread)
        return thread.id


def confirm(actor: Actor, post_id: uuid.UUID, tip: str = "") -> uuid.UUID:
    """A widyaiswara confirms an answer of somebody else; with a text it becomes a tip beside the place."""
    require(actor, APPROVE_POST)
    said = free_text.without_numbers(rules.tidy(tip))
    if len(said) > LONGEST_TIP:
        raise Invalid(_("Kiat paling panjang 300 huruf."), "tip")
    if free_text.doubts(said):
        raise Invalid(_("Kiat tidak menyebut nama, nomor, atau kasus."), "tip")
    with unit_of_work("forum.confirm_answer", actor, f"post:{post_id}") as uow:
        post, thread = _answer(actor, post_id)
        require(actor, APPROVE_POST, thread.realm)
        if post.person_id == actor.id:
            raise Invalid(_("Jawaban sendiri ditegaskan oleh widyaiswara lain."), "tip")
        first = post.confirmed_by is None
        post.confirmed_by, post.confirmed_at, post.tip = actor.id, clock.now(), said
        _settle(uow, thread)
        if first:
            url = f"/tanya/{thread.id}#p-{post.id}"
            uow.notify(post.person_id, "forum.confirmed", url, name=actor.name)
            if thread.person_id not in (post.person_id, actor.id):
                uow.notify(thread.person_id, "forum.question_settled", url, name=actor.name)
        return thread.id


def unconfirm(actor: Actor, post_id: uuid.UUID) -> uuid.UUID:
    """A widyaiswara takes the confirmation back, and the tip with it."""
    require(actor, APPROVE_POST)
    with unit_of_work("forum.unconfirm_answer", actor, f"post:{post_id}") as uow:
        post, thread = _rows(actor, post_id)
        require(actor, APPROVE_POST, thread.realm)
        post.confirmed_by, post.confirmed_at, post.tip = None, None, ""
        _settle(uow, thread)
        return thread.id


def report(actor: Actor, post_id: uuid.UUID, reason: str) -> uuid.UUID:
    """The actor wants a text looked at; one that concerns a person is held at once. Said once by each."""
    require(actor, CREATE_POST)
    if reason not in REASONS:
        raise Invalid(_("Pilih alasannya."), "reason")
    with unit_of_work("forum.report_post", actor, f"post:{post_id}") as uow:
        post, thread = _rows(actor, post_id)
        if post.look == COVERED or read.has_reported(post_id, actor.id or 0):
            return thread.id
        uow.add(Report(post_id=post_id, person_id=actor.id, reason=reason))
        call_judges(uow, actor, thread)
        if rules.is_held([one.reason for one in read.reasons(post_id)]):
            post.look = HELD
        _settle(uow, thread)
        return thread.id


def cover(actor: Actor, post_id: uuid.UUID) -> uuid.UUID:
    """The text goes, also from what the phone sent: by its author, or by who judges there; a question takes its thread
    along."""
    require(actor, CREATE_POST)
    with unit_of_work("forum.cover_post", actor, f"post:{post_id}") as uow:
        post, thread = _rows(actor, post_id)
        if post.person_id != actor.id:
            require(actor, CHANGE_POST, thread.realm)
            uow.notify(post.person_id, "forum.covered", f"/tanya/{thread.id}")
        post.look, post.text, post.tip = COVERED, "", ""
        post.confirmed_by, post.confirmed_at = None, None
        post.redacted_by, post.redacted_at = actor.id, clock.now()
        journal.forget_words([post.id])
        if post.id == thread.id:
            thread.state = SHUT
        _judged(uow, actor, post.id, thread)
        return thread.id


def keep(actor: Actor, post_id: uuid.UUID) -> uuid.UUID:
    """Whoever judges there finds nothing wrong: the text is seen again."""
    require(actor, CHANGE_POST)
    with unit_of_work("forum.keep_post", actor, f"post:{post_id}") as uow:
        post, thread = _rows(actor, post_id)
        if not allowed(actor, CHANGE_POST, thread.realm):
            raise NotFound("post")
        if post.look == HELD:
            post.look = SEEN
        _judged(uow, actor, post.id, thread)
        return thread.id


def _judged(uow: UnitOfWork, actor: Actor, post_id: uuid.UUID, thread: Thread) -> None:
    """Whoever reported it is told that somebody looked."""
    told = {one.person_id for one in read.reasons(post_id) if one.person_id not in (None, actor.id)}
    for person_id in sorted(person for person in told if person is not None):
        uow.notify(person_id, "forum.judged", f"/tanya/{thread.id}")
    read.settle(post_id, actor.id or 0, clock.now())
    _settle(uow, thread)
