"""What identity says on pages of others: help for who cannot come in, and news of a reset."""

from flask import render_template, session
from markupsafe import Markup

from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.values import RESET_NEWS
from p2k2lms.web.login import current_actor


def person_page(person_id: int) -> Markup:
    """A way to a code for who may help this person."""
    if not service.may_help(current_actor(), person_id):
        return Markup()
    return Markup(render_template("identity/help.html", person_id=person_id))


def home_top() -> Markup:
    """That somebody reset the password, for whom the sign-in of this session said so; asks the database nothing."""
    told = session.get(RESET_NEWS)
    return Markup(render_template("identity/reset_news.html", told=told)) if told else Markup()
