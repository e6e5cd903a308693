"""What talk shows on pages that are not its own: beside a card, an obstacle, in a class; and the way to ask offline."""

from flask import render_template
from markupsafe import Markup

from p2k2lms.core import free_text
from p2k2lms.plugins.enrolment.values import AngkatanCard, EnrolmentCard
from p2k2lms.plugins.forum import service, values
from p2k2lms.plugins.forum.permissions import FIELD
from p2k2lms.plugins.forum.values import CLASS, LANGKAH, OBSTACLE, place_url
from p2k2lms.web.login import current_actor


def after_step(enrolment: EnrolmentCard, step_id: str) -> Markup:
    """Beneath a card: the tips and answers that helped, and the way to ask."""
    return _beside(LANGKAH, f"{enrolment.course}/{step_id}")


def beside_obstacle(key: str) -> Markup:
    """Beneath the tips of an obstacle, for who may ask about one."""
    return _beside(OBSTACLE, key) if key in values.ABOUT and current_actor().roles & FIELD else Markup("")


def _beside(kind: str, key: str) -> Markup:
    shelf = service.shelf(kind, key)
    return Markup(render_template("forum/beside.html", shelf=shelf, url=place_url(kind, key)))


def class_tab(angkatan: AngkatanCard) -> Markup:
    """The talk of a class, beside its other parts for its staff."""
    return _class(angkatan, own=False)


def own_class(angkatan: AngkatanCard) -> Markup:
    """The talk of a class, for who learns in it."""
    return _class(angkatan, own=True)


def _class(angkatan: AngkatanCard, own: bool) -> Markup:
    return Markup(render_template("forum/class_tab.html", url=place_url(CLASS, str(angkatan.id)), own=own))


def outline_bottom(enrolment: EnrolmentCard) -> Markup:
    """On the outline of a course: what helped peers comes along with its cards."""
    return Markup(render_template("forum/taking.html"))


def offline_page() -> Markup:
    """What the phone puts beneath a card where there is no signal: answers, and a form to ask."""
    return Markup(render_template("forum/offline.html", harm_words=free_text.ON_PHONE))
