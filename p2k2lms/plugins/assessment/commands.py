"""`items import | export`: question files of other programs, into a course and out of it."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from p2k2lms.core.access import SYSTEM
from p2k2lms.core.errors import DomainError, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment import service
from p2k2lms.plugins.assessment.formats import MOST_BYTES, WRITERS, Found, Remark

items = AppGroup("items", help="Question files: into a course and out of it.")
COURSE = click.option("--course", "course_id", required=True, help="The id of the course.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print counts and faults as one JSON document.")


@items.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@COURSE
@click.option("--apply", is_flag=True, help="Take the questions in; without it only say what would happen.")
@AS_JSON
def import_(file: Path, course_id: str, apply: bool, as_json: bool) -> None:
    """Read GIFT, Moodle XML, Aiken, QTI 1.2 or 2, a table or plain text; what cannot be carried is listed."""
    try:
        delivery = service.import_file(SYSTEM, course_id, _content(file), apply)
    except DomainError as refusal:
        _tell(Found("", (), (Remark(file.name or str(file), _told(refusal)),)), as_json, {})
        raise click.exceptions.Exit(1) from refusal
    _tell(delivery.found, as_json, dict(delivery.fates), applied=apply)
    if not delivery.arrivals:
        raise click.exceptions.Exit(1)


def _content(file: Path) -> bytes:
    """What stands in a file, no more than one byte beyond what may; Invalid where there is none to open."""
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except IsADirectoryError:
        raise Invalid(_("Ini map, bukan berkas."), "file") from None
    except OSError as problem:
        raise Invalid(_("Berkas ini tidak dapat dibuka: %(why)s", why=problem.strerror), "file") from None


def _told(refusal: DomainError) -> str:
    said = str(refusal)
    return _("Kursus ini tidak punya naskah.") if said.startswith("course ") else said


@items.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@COURSE
@click.option("--format", "format_", type=click.Choice(sorted(WRITERS)), required=True)
@click.option("--sesi", default="", help="Only this sesi.")
@AS_JSON
def export(file: Path, course_id: str, format_: str, sesi: str, as_json: bool) -> None:
    """Write the items of a course, keys included, to FILE."""
    made = service.export_items(SYSTEM, course_id, format_, sesi)
    file.write_bytes(made.content)
    _tell(made.found, as_json, {})


def _tell(found: Found, as_json: bool, fates: Mapping[str, int], applied: bool = False) -> None:
    if as_json:
        faults: Sequence[Any] = [{"place": one.place, "message": one.message} for one in found.remarks]
        told = {"format": found.format, "counts": found.counts, "faults": faults, "fates": fates, "applied": applied}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for one in found.remarks:
        click.echo(f"{one.place}: {one.message}", err=True)
    click.echo(" ".join(f"{kind}={number}" for kind, number in (*found.counts.items(), *fates.items())) or "0")
