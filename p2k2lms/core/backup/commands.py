"""Commands: make a backup, prove it, bring it back."""

import hashlib
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from p2k2lms.core.backup import nightly, work
from p2k2lms.core.backup.archive import About
from p2k2lms.core.commands import answers_without_database
from p2k2lms.core.i18n import _

backup = AppGroup("backup", help="The whole platform in one file; docs/operate.md tells the drill.")
COMMANDS: tuple[click.Command, ...] = (backup,)
FILE = click.Path(dir_okay=False, path_type=Path)


@backup.command("create")
@click.argument("file", type=FILE, required=False)
def create(file: Path | None) -> None:
    """Write FILE, or a file named by the time in the folder of backups; the server may go on working."""
    path = file or _in_our_folder()
    if not path.parent.is_dir():
        raise click.ClickException(_("Tidak ada map %(folder)s. Buat dulu, lalu ulangi.", folder=path.parent))
    about = work.create(path)
    with path.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    size = f"{path.stat().st_size / 1e6:.1f}"
    click.echo(_("%(path)s: %(tables)s tabel, %(rows)s baris, %(size)s MB", path=path, size=size, **_counts(about)))
    click.echo(f"sha256 {digest}")


@backup.command("verify")
@click.argument("file", type=FILE)
@click.option("--into", default="", help="An empty database to bring it back into, instead of a passing SQLite file.")
@answers_without_database
def verify(file: Path, into: str) -> None:
    """Bring FILE back into an empty place, compare counts and hashes of every table, and say so."""
    about = work.verify(file, into)
    click.echo(_("Utuh: %(tables)s tabel, %(rows)s baris kembali seperti semula.", **_counts(about)))
    _tell_keys(about)


@backup.command("restore")
@click.argument("file", type=FILE)
@click.option("--replace", "replace_all", is_flag=True, help="Although there are rows already: they go.")
@answers_without_database
def restore(file: Path, replace_all: bool) -> None:
    """Make FILE the database of this installation; server and worker are stopped meanwhile."""
    about = work.restore(file, replace_all)
    click.echo(_("Dipulihkan ke keadaan %(at)s: %(rows)s baris.", at=about.made_at, **_counts(about)))
    _tell_keys(about)


def _in_our_folder() -> Path:
    where = nightly.folder() or Path(current_app.config["INSTANCE_DIR"]) / "backups"
    where.mkdir(parents=True, exist_ok=True, mode=0o700)
    return nightly.new_file(where)


def _counts(about: About) -> dict[str, int]:
    return {"tables": len(about.tables), "rows": about.rows}


def _tell_keys(about: About) -> None:
    if missing := work.missing_keys(about):
        said = _(
            "Kunci ini tidak ada di sini, jadi yang disegelnya tidak terbuka: %(names)s.", names=", ".join(missing)
        )
        click.echo(said, err=True)
