"""Commands of the field: repeat a verification draw from its published file."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from p2k2lms.core.commands import answers_without_database
from p2k2lms.core.i18n import _
from p2k2lms.plugins.fieldwork.rules import drawing

fieldwork = AppGroup("fieldwork", help="Field work.")

UNCHECKED = {"unchecked": ["list_hash"]}  # a list without people cannot be held against its hash


@fieldwork.command("redraw")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@answers_without_database
def redraw(file: Path) -> None:
    """Repeat the draw of a published file and say whether it agrees; exit 1 when it does not."""
    try:
        said = json.loads(file.read_text("utf-8"))
        faults, whole = drawing.faults_of(said), drawing.has_people(said)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise click.ClickException(_("Berkas ini bukan berkas undian.")) from None
    click.echo(json.dumps({"agrees": not faults, "faults": faults, **({} if whole else UNCHECKED)}))
    if faults:
        raise click.exceptions.Exit(1)
