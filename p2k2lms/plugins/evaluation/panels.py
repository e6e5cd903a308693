"""What evaluation shows on pages that are not its own."""

from flask import render_template, url_for
from markupsafe import Markup

from p2k2lms.core.access import Actor, allowed, has_role
from p2k2lms.core.i18n import _
from p2k2lms.core.panels import HomeCard
from p2k2lms.plugins.enrolment.values import AngkatanCard
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.permissions import CHANGE_WAVE, READ_REACTIONS
from p2k2lms.web.login import current_actor


def home_cards(actor: Actor) -> list[HomeCard]:
    """A quiet way to the waves, for who makes them."""
    if not has_role(actor, CHANGE_WAVE):
        return []
    about = _("Gelombang angket: siapa sudah menjawab, dan apa jawabannya.")
    return [HomeCard(27, _("Evaluasi manfaat"), about, url_for("evaluation.index"), _("Lihat"), icon="list")]


def person_page(person_id: int) -> str:
    """On one's own page: how many questionnaires wait; nobody else learns who was asked what."""
    actor = current_actor()
    number, until = service.waits(actor) if actor.id == person_id else (0, None)
    return render_template("evaluation/person.html", number=number, until=until) if number else ""


def class_tab(angkatan: AngkatanCard) -> Markup:
    """The way to what the members of a class said, for those who may read it."""
    may_read = allowed(current_actor(), READ_REACTIONS, angkatan)
    return Markup(render_template("evaluation/class_tab.html", angkatan=angkatan, may_read=may_read))


def class_report(angkatan: AngkatanCard) -> Markup:
    """In the report of a class: what its members said of it; nothing while nobody has been asked."""
    found = service.class_reactions(angkatan)
    return Markup(render_template("evaluation/class_report.html", found=found)) if found else Markup("")
