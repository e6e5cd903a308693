"""Commands: the units that ship, and units from a file."""

from pathlib import Path

import click
from flask.cli import AppGroup

from p2k2lms.core.i18n import _
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.values import ImportReport

units = AppGroup("units", help="The tree of units.")


@units.command("ship")
def ship() -> None:
    """Load the units that come with the product: Regional IV; harmless to repeat."""
    _tell(service.ship_units(), True)


@units.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", is_flag=True, help="Write the good rows; without it only say what would happen.")
def import_(file: Path, apply: bool) -> None:
    """Read units from a CSV with kemendagri_code, name and, where needed, parent_code, bps_code, zone."""
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(_("Berkas ini bukan teks UTF-8. Simpan sebagai CSV UTF-8.")) from None
    report = service.import_units(text, apply)
    _tell(report, apply)
    if report.faults:
        raise click.exceptions.Exit(1)


def _tell(report: ImportReport, applied: bool) -> None:
    for fault in report.faults:
        place = _("baris %(row)s, %(column)s", row=fault.row, column=fault.column or "-")
        click.echo(f"{place}: {fault.message}")
    counts = {"new": report.created, "changed": report.changed, "same": report.same, "faults": len(report.faults)}
    click.echo(_("%(new)s baru, %(changed)s berubah, %(same)s tetap, %(faults)s salah.", **counts))
    if not applied:
        click.echo(_("Belum ada yang disimpan. Tambahkan --apply untuk menyimpan."))
