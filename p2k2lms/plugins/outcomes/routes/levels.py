"""Pages of the four levels: of a class and of a centre, on the screen and on one sheet of paper."""

from pathlib import Path

from flask import Response, current_app, render_template
from flask.typing import ResponseReturnValue

from p2k2lms.core import clock, press
from p2k2lms.plugins.outcomes import level_words, service
from p2k2lms.plugins.outcomes.permissions import READ_CENTRE, READ_CHAIN, READ_CLASS
from p2k2lms.plugins.outcomes.routes.blueprint import MOST, pages
from p2k2lms.plugins.outcomes.service import Levels
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

CLASS, CENTRE = f"/angkatan/<int(max={MOST}):angkatan_id>", "/balai/<code>"


@pages.get(CLASS)
@requires(READ_CLASS)
def class_levels(angkatan_id: int) -> str:
    """What a class came to, on four levels."""
    return _page(service.class_levels(current_actor(), angkatan_id))


@pages.get(f"{CLASS}.pdf")
@requires(READ_CLASS)
def class_sheet(angkatan_id: int) -> ResponseReturnValue:
    """The same on one sheet."""
    return _sheet(service.class_levels(current_actor(), angkatan_id), f"empat-tingkat-angkatan-{angkatan_id}.pdf")


@pages.get(CENTRE)
@requires(READ_CENTRE)
def centre_levels(code: str) -> str:
    """What the classes of a centre came to within a year."""
    return _page(service.centre_levels(current_actor(), code))


@pages.get(f"{CENTRE}.pdf")
@requires(READ_CENTRE)
def centre_sheet(code: str) -> ResponseReturnValue:
    """The same on one sheet."""
    found = service.centre_levels(current_actor(), code)
    return _sheet(found, f"empat-tingkat-{found.centre.kemendagri_code}.pdf")


@pages.get(f"/orang/<int(max={MOST}):person_id>")
@requires(READ_CHAIN)
def chain(person_id: int) -> str:
    """One person from training to families."""
    found = service.chain(current_actor(), person_id)
    return render_template("outcomes/chain.html", found=found, words=level_words, today=clock.today())


def _page(found: Levels) -> str:
    return render_template("outcomes/levels.html", found=found, words=level_words)


def _sheet(found: Levels, name: str) -> Response:
    page = render_template("outcomes/levels_paper.html", found=found, words=level_words)
    made = press.pdf(page, Path(str(current_app.template_folder)) / "outcomes" / "levels.css")
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})
