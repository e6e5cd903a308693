"""What people write: a question at a place, an answer in a thread; both come as `forum.post`."""

import uuid
from collections.abc import Sequence

from p2k2lms.core import free_text
from p2k2lms.core.access import Actor, allowed
from p2k2lms.core.errors import Invalid, NotAllowed, NotFound
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.submissions import Sent, SubmissionKind
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.forum import queries as read
from p2k2lms.plugins.forum import rules
from p2k2lms.plugins.forum.models import Post, Report, Thread
from p2k2lms.plugins.forum.permissions import CREATE_POST
from p2k2lms.plugins.forum.service import places
from p2k2lms.plugins.forum.service.calling import call_judges
from p2k2lms.plugins.forum.values import BY_RULE, OBSTACLE, SHUT, Place, PostPayload


def take(actor: Actor, sent: Sent, payload: PostPayload) -> Sequence[str]:
    """Apply `forum.post`. Long numbers are hidden; a word of violence puts the text before who judges there."""
    text = rules.tidy(free_text.without_numbers(payload.text))
    if not text:
        raise Invalid(_("Isi dahulu."), "payload.text")
    flags = free_text.flags(payload.text)
    with unit_of_work("forum.write_post", actor, f"post:{sent.id}") as uow:
        row = _ask(uow, actor, sent, payload) if payload.thread is None else _answer(uow, actor, sent, payload.thread)
        times = {"occurred_at": min(sent.occurred_at, sent.received_at), "received_at": sent.received_at}
        uow.add(Post(id=sent.id, thread_id=row.id, person_id=actor.id, text=text, flags=flags, **times))
        if free_text.VIOLENCE in flags:
            uow.add(Report(post_id=sent.id, person_id=None, reason=BY_RULE))
            call_judges(uow, actor, row)
        row.answers, row.last_at = read.counted(row.id)[0], sent.received_at
        places.put_on_shelf(uow, row.place_kind, row.place_id)
    return flags


POST = SubmissionKind("forum.post", {1: PostPayload}, take, title=lazy("Pertanyaan dan jawaban"), words=free_text.FLAGS)


def _ask(uow: UnitOfWork, actor: Actor, sent: Sent, payload: PostPayload) -> Thread:
    place = _place(actor, payload.place)
    title = place.title if place.kind != OBSTACLE else ""  # an obstacle is called by its list, in each language
    where = {"place_kind": place.kind, "place_id": place.key, "place_title": title[:200], "realm": place.realm}
    times = {"asked_at": sent.received_at, "last_at": sent.received_at}
    return uow.add(Thread(id=sent.id, person_id=actor.id, **where, **times))


def _place(actor: Actor, name: str) -> Place:
    kind, _colon, key = name.partition(":")
    try:
        found = places.place(actor, kind, key)
    except (NotFound, NotAllowed) as absent:
        raise Invalid(_("Tempat bertanya ini tidak terbuka untuk Anda."), "payload.place") from absent
    return found


def _answer(uow: UnitOfWork, actor: Actor, sent: Sent, thread_id: uuid.UUID) -> Thread:
    row = read.thread_row(thread_id)
    if row is None or not allowed(actor, CREATE_POST, row.realm):
        raise Invalid(_("Pertanyaan ini tidak ada, atau bukan untuk Anda."), "payload.thread")
    if row.state == SHUT:
        raise Invalid(_("Pertanyaan ini sudah ditutup."), "payload.thread")
    if row.person_id != actor.id:
        uow.notify(row.person_id, "forum.answered", f"/tanya/{row.id}#p-{sent.id}", name=actor.name)
    return row
