"""What evaluation shows on pages that are not its own."""

from flask import render_template
from markupsafe import Markup

from p2k2lms.plugins.enrolment.values import AngkatanCard
from p2k2lms.plugins.evaluation import service


def class_report(angkatan: AngkatanCard) -> Markup:
    """In the report of a class: what its members said of it; nothing while nobody has been asked."""
    found = service.class_reactions(angkatan)
    return Markup(render_template("evaluation/class_report.html", found=found)) if found else Markup("")
