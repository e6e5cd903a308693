"""What identity says on pages of others: the way of an officer, help for who cannot come in, and news of a reset."""

from flask import render_template, session, url_for
from markupsafe import Markup

from p2k2lms.core.access import Actor, has_role
from p2k2lms.core.i18n import _
from p2k2lms.core.panels import HomeCard
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.permissions import LIST_PEOPLE
from p2k2lms.plugins.identity.values import RESET_NEWS
from p2k2lms.web.login import current_actor

OFFICE_URGENCY = 40


def home_cards(actor: Actor) -> list[HomeCard]:
    """An officer finds the own work on the first page."""
    if not has_role(actor, LIST_PEOPLE):
        return []
    line = _("Orang, wilayah, kode masuk, dan hak data.")
    return [HomeCard(OFFICE_URGENCY, _("Kelola"), line, url_for("identity.manage"), _("Buka Kelola"), icon="gear")]


def person_help(person_id: int) -> Markup:
    """A way to a code for who may help this person."""
    if not service.may_help(current_actor(), person_id):
        return Markup()
    return Markup(render_template("identity/help.html", person_id=person_id))


def home_top() -> Markup:
    """That somebody reset the password, for whom the sign-in of this session said so; asks the database nothing."""
    told = session.get(RESET_NEWS)
    return Markup(render_template("identity/reset_news.html", told=told)) if told else Markup()
