"""The pages that belong to no plugin: switches, and what robots and browsers ask for."""

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import journal, submissions
from p2k2lms.web import language, sent_lines
from p2k2lms.web.access import ask_to_sign_in, public, requires
from p2k2lms.web.api import SEND
from p2k2lms.web.assets import asset
from p2k2lms.web.login import current_actor, current_zone

web = Blueprint("web", __name__)
A_PAGE = 30


@public
def door() -> ResponseReturnValue:
    """`/` where no plugin gives it a page: visitors are asked to sign in, others led to the first of their bar."""
    actor = current_actor()
    if actor.id is None:
        return ask_to_sign_in()
    first = next(iter(current_app.extensions["menu"](tabs=True)), None)
    return redirect(url_for(first.endpoint if first else "web.sent"))


def install_door(app: Flask) -> None:
    """Answer `/` unless a plugin does."""
    if not any(rule.rule == "/" for rule in app.url_map.iter_rules()):
        app.add_url_rule("/", "web.door", door)


@web.post("/bahasa")
@public
def change_language() -> ResponseReturnValue:
    return language.remember(language.LANGUAGE, language.wanted("bahasa", [code for code, _ in language.NAMES]))


@web.post("/tampilan")
@public
def change_look() -> ResponseReturnValue:
    return language.remember(language.LOOK, language.wanted("tampilan", [value for value, _ in language.LOOKS]))


@web.get("/favicon.ico")
@public
def favicon() -> ResponseReturnValue:
    return redirect(asset("mark.svg"), 302)


@web.get("/kiriman")
@requires(SEND)
def sent() -> ResponseReturnValue:
    """What this person sent and how it was answered; outbox.js adds what still waits on this phone."""
    person = current_actor().id or 0
    before = request.args.get("sebelum", type=int)
    rows = journal.of_sender(person, before, A_PAGE + 1)
    return render_template(
        "web/sent.html",
        groups=sent_lines.in_groups(rows[:A_PAGE], current_zone()),
        titles={name: str(kind.title or name) for name, kind in submissions.kinds().items()},
        words={name: kind.words for name, kind in submissions.kinds().items()},
        tally=journal.tally(person),
        newest=before is None,
        later=rows[A_PAGE - 1].key if len(rows) > A_PAGE else None,
    )
