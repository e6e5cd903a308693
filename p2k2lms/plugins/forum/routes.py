"""Pages of talk among peers: the newest questions, those of a place, one with its answers, and what was reported."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import free_text, intake
from p2k2lms.core.errors import Invalid
from p2k2lms.core.submissions import Answer
from p2k2lms.plugins.forum import service, values
from p2k2lms.plugins.forum.permissions import APPROVE_POST, CHANGE_POST, CREATE_POST, LIST_THREADS, READ_THREAD
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor, current_device

pages = Blueprint("forum", __name__, url_prefix="/tanya")
KIND_OF = {word: kind for kind, word in values.IN_ADDRESS.items()}
PLACE = f"/<any({', '.join(KIND_OF)}):kind>/<path:key>"
THREAD, POST = "/<uuid:thread_id>", "/jawaban/<uuid:post_id>"
KEPT = ("accepted", "duplicate")


@pages.context_processor
def shared() -> dict[str, Any]:
    """The closed lists by name, what a free text is asked about, and a fresh id for each form."""
    return {"words": values, "harm_words": free_text.ON_PHONE, "sent_id": lambda: str(uuid.uuid4())}


@pages.get("")
@requires(LIST_THREADS)
def index() -> str:
    only = request.args.get("saring", "")
    only = only if only in values.FILTERS else ""
    return render_template("forum/index.html", desk=service.desk(current_actor(), only, _before()), only=only)


@pages.get("/kendala")
@requires(LIST_THREADS)
def obstacles() -> str:
    """The obstacles that one may ask about."""
    return render_template("forum/obstacles.html")


@pages.route(PLACE, methods=["GET", "POST"])
@requires(READ_THREAD)
def place(kind: str, key: str) -> ResponseReturnValue:
    """The questions of a place; asking here needs no script."""
    board = service.board(current_actor(), KIND_OF[kind], key, _before())
    answer, fault = _sent({"place": board.place.name})
    if answer is not None and answer.status in KEPT:
        return redirect(url_for("forum.thread", thread_id=answer.id), 303)
    page = render_template("forum/place.html", board=board, fault=fault, warned=_is_doubtful(answer))
    return page, 422 if request.method == "POST" else 200


@pages.route(THREAD, methods=["GET", "POST"])
@requires(READ_THREAD)
def thread(thread_id: uuid.UUID) -> ResponseReturnValue:
    """One question with its answers, and a place for one's own."""
    page = service.page(current_actor(), thread_id)
    answer, fault = _sent({"thread": str(thread_id)})
    if answer is not None and answer.status in KEPT:
        return _back_to(thread_id, answer.id)
    shown = render_template("forum/thread.html", page=page, fault=fault, warned=_is_doubtful(answer))
    return shown, 422 if request.method == "POST" else 200


@pages.post(f"{POST}/membantu")
@requires(CREATE_POST)
def helpful(post_id: uuid.UUID) -> ResponseReturnValue:
    """It helped; or it did not, after all."""
    helped = request.form.get("nilai", "ya") == "ya"
    return _back_to(service.say_helpful(current_actor(), post_id, helped), post_id)


@pages.route(f"{POST}/tegaskan", methods=["GET", "POST"])
@requires(APPROVE_POST)
def confirm(post_id: uuid.UUID) -> ResponseReturnValue:
    """A widyaiswara confirms an answer, and may write the tip that stands beside the card."""
    actor, fault = current_actor(), None
    about = service.answer_to_confirm(actor, post_id)
    if request.method == "POST":
        try:
            return _back_to(service.confirm(actor, post_id, request.form.get("tip", "")), post_id)
        except Invalid as refusal:
            fault = refusal
    page = render_template("forum/confirm.html", about=about, fault=fault)
    return page, 422 if fault else 200


@pages.post(f"{POST}/tarik")
@requires(APPROVE_POST)
def unconfirm(post_id: uuid.UUID) -> ResponseReturnValue:
    """Not confirmed any more."""
    return _back_to(service.unconfirm(current_actor(), post_id), post_id)


@pages.route(f"{POST}/lapor", methods=["GET", "POST"])
@requires(CREATE_POST)
def report(post_id: uuid.UUID) -> ResponseReturnValue:
    """Say what is wrong with a text."""
    actor, fault = current_actor(), None
    about = service.post_to_report(actor, post_id)
    if request.method == "POST":
        try:
            told = service.report(actor, post_id, request.form.get("reason", ""))
            return redirect(url_for("forum.thread", thread_id=told, dilaporkan=1), 303)
        except Invalid as refusal:
            fault = refusal
    page = render_template("forum/report.html", about=about, fault=fault)
    return page, 422 if fault else 200


@pages.post(f"{POST}/tutup")
@requires(CREATE_POST)
def cover(post_id: uuid.UUID) -> ResponseReturnValue:
    """One's own text, or one that was judged, goes."""
    return _after_judging(service.cover, post_id)


@pages.post(f"{POST}/biarkan")
@requires(CHANGE_POST)
def keep(post_id: uuid.UUID) -> ResponseReturnValue:
    """Nothing is wrong with it."""
    return _after_judging(service.keep, post_id)


@pages.get("/laporan")
@requires(CHANGE_POST)
def reports() -> str:
    """What was reported and waits for a judgement."""
    return render_template("forum/reports.html", reports=service.reports(current_actor()))


def _after_judging(act: Callable[[Any, uuid.UUID], uuid.UUID], post_id: uuid.UUID) -> ResponseReturnValue:
    """Back to the list where the judge came from, else to the question."""
    thread_id = act(current_actor(), post_id)
    return redirect(url_for("forum.reports"), 303) if "dari_laporan" in request.form else _back_to(thread_id)


def _back_to(thread_id: uuid.UUID, post_id: uuid.UUID | str | None = None) -> ResponseReturnValue:
    return redirect(url_for("forum.thread", thread_id=thread_id, _anchor=f"p-{post_id}" if post_id else None), 303)


def _before() -> datetime | None:
    """Behind which question the page begins; nothing for what is no instant with a zone."""
    try:
        at = datetime.fromisoformat(request.args.get("sebelum", ""))
    except ValueError:
        return None
    return at if at.tzinfo else None


def _is_doubtful(answer: Answer | None) -> bool:
    """True where a text was held back to be looked at once more."""
    return request.method == "POST" and answer is None


def _sent(where: dict[str, str]) -> tuple[Answer | None, str]:
    """A form without script, through the one door; a doubtful text is asked about first. Answer and fault."""
    if request.method != "POST":
        return None, ""
    text = request.form.get("text", "")
    if "sent_sure" not in request.form and free_text.doubts(text):
        return None, ""
    actor, device, sent_id = current_actor(), current_device(), request.form.get("sent_id", "")
    payload = where | {"text": text.replace("\x00", "")}
    answer = intake.receive_one(actor, "forum.post", payload, sent_id=sent_id, device=device)
    return answer, " ".join(fault.message for fault in answer.faults)
