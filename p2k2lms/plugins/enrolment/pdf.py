"""The letters of call and the paper list, as finished pages and as PDF."""

from collections.abc import Sequence
from pathlib import Path

from flask import current_app

from p2k2lms.core import press
from p2k2lms.plugins.enrolment.rules.letters import LetterSheet


def letters(sheet: LetterSheet) -> bytes:
    """One page for each person of the sheet."""
    return _print("enrolment/letters_paper.html", sheet=sheet)


def attendance(angkatan: str, title: str, when: str, people: Sequence[tuple[str, str]]) -> bytes:
    """A list to be signed, row by row as the screen has it."""
    return _print("enrolment/list_paper.html", angkatan=angkatan, title=title, when=when, people=people)


def _print(template: str, **about: object) -> bytes:
    html = current_app.jinja_env.get_template(template).render(**about)
    return press.pdf(html, Path(str(current_app.template_folder)) / "enrolment" / "paper.css")
