"""Commands: the keys that sign certificates."""

from pathlib import Path

import click
from flask.cli import AppGroup

from p2k2lms.core.i18n import _
from p2k2lms.plugins.certificates import keys

certificates = AppGroup("certificates", help="The keys that sign certificates; docs/operate.md tells how.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@certificates.command("new-key")
@click.option("--name", required=True, help="Who signs, as readers of the PDF see it.")
def new_key(name: str) -> None:
    """Make a self-signed key and sign with it from now on; what was signed before still verifies."""
    click.echo(_("Dipakai mulai sekarang. Sertifikat kunci: %(path)s", path=keys.new_key(name)))


@certificates.command("use-key")
@click.argument("file", type=FILE)
@click.password_option(confirmation_prompt=False)
def use_key(file: Path, password: str) -> None:
    """Sign with the key of a PKCS#12 file from now on, such as one given out by a certification body."""
    made = keys.use(file.read_bytes(), password.encode())
    click.echo(_("Dipakai mulai sekarang. Sertifikat kunci: %(path)s", path=made))


@certificates.command("trust")
@click.argument("file", type=FILE)
def trust(file: Path) -> None:
    """Say that the signatures of a PEM certificate are ours, for whoever signs elsewhere."""
    click.echo(_("Dipercaya: %(path)s", path=keys.trust(file.read_bytes())))
