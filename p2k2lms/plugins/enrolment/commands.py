"""`enrolment draw verify FILE`: works a draw out again from its file."""

import json
from typing import BinaryIO

import click
from flask.cli import AppGroup

from p2k2lms.core.commands import answers_without_database
from p2k2lms.plugins.enrolment.rules import drawing

enrolment = AppGroup("enrolment", help="Classes: the fair queue.")
draw = AppGroup("draw", help="The draw of a round.")
enrolment.add_command(draw)


@draw.command("verify")
@click.argument("file", type=click.File("rb"))
@click.option("--published", default="", help="The hash of the list as it was published.")
@answers_without_database
def verify(file: BinaryIO, published: str) -> None:
    """Say as JSON whether FILE holds what was published and what follows from it; exit 1 if not."""
    try:
        said = json.loads(file.read(20_000_000))
    except ValueError:
        said = None
    faults = drawing.faults_of(said, published.strip().lower())
    people = len(said["people"]) if isinstance(said, dict) and "format" not in faults else 0
    told = {"sound": not faults, "faults": faults, "people": people}
    if not faults:
        told |= {"list_hash": said["list_hash"], "seed": said["seed"]}
    click.echo(json.dumps(told))
    raise SystemExit(1 if faults else 0)
