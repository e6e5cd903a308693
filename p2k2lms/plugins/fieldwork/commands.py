"""Commands of the field: repeat a verification draw from its published file."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from p2k2lms.core.i18n import _
from p2k2lms.plugins.fieldwork.rules import drawing

fieldwork = AppGroup("fieldwork", help="Field work.")


@fieldwork.command("redraw")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def redraw(file: Path) -> None:
    """Repeat the draw of a published file and say whether it agrees; exit 1 when it does not."""
    try:
        faults = drawing.faults_of(json.loads(file.read_text("utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise click.ClickException(_("Berkas ini bukan berkas undian.")) from None
    click.echo(json.dumps({"agrees": not faults, "faults": faults}))
    if faults:
        raise click.exceptions.Exit(1)
