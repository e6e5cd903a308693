"""The page of a class that tells what its members said of it."""

from flask import render_template

from p2k2lms.core import clock
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.permissions import READ_REACTIONS
from p2k2lms.plugins.evaluation.routes.blueprint import MOST, pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor


@pages.get(f"/angkatan/<int(max={MOST}):angkatan_id>/tanggapan")
@requires(READ_REACTIONS)
def reactions(angkatan_id: int) -> str:
    """How a class was found, question by question."""
    page = service.reactions_page(current_actor(), angkatan_id)
    return render_template("evaluation/reactions.html", page=page, today=clock.today())
