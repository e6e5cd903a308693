"""Commands: the units that ship, units and people from files, and the first admin."""

import secrets
from pathlib import Path

import click
from flask.cli import AppGroup

from p2k2lms.core import sheets
from p2k2lms.core.access import SYSTEM
from p2k2lms.core.errors import NotFound
from p2k2lms.core.i18n import _, lazy
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.values import ImportReport, PersonData

units = AppGroup("units", help="The tree of units.")
people = AppGroup("people", help="People with an account.")


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


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--unit", default="ID", show_default=True, help="Kemendagri code of the unit that people must lie in.")
@click.option("--apply", is_flag=True, help="Write the good rows; without it only say what would happen.")
def import_people(file: Path, unit: str, apply: bool) -> None:
    """Read people from a CSV or XLSX sheet, the same one that the page /kelola/impor takes."""
    tops = (service.unit_by_code(unit).path,)
    table = sheets.read(file.read_bytes())
    report = service.import_table(SYSTEM, tops, table) if apply else service.check_table(tops, table)
    _tell(report, apply)
    if report.faults:
        raise click.exceptions.Exit(1)


@people.command("add-admin")
@click.option("--name", prompt=lazy("Nama lengkap"))
@click.option("--phone", prompt=lazy("Nomor HP (boleh kosong)"), default="", show_default=False)
@click.option("--pkh-id", prompt=lazy("Nomor SDM PKH (boleh kosong)"), default="", show_default=False)
@click.option("--unit", default="ID", show_default=True, help="Kemendagri code of the unit to look after.")
@click.option("--generate", is_flag=True, help="Make a password and show it once, instead of asking for one.")
@click.option("--again", is_flag=True, help="Add one more, although there is an admin already.")
def add_admin(name: str, phone: str, pkh_id: str, unit: str, generate: bool, again: bool) -> None:
    """Make the account of the first admin, who adds everybody else on the pages."""
    service.must_want_admin(again)
    typed = "" if generate else _ask_password()
    password = typed or secrets.token_urlsafe(12)
    service.add_admin(PersonData(name=name, phone=phone, pkh_id=pkh_id), unit, password, again)
    click.echo(_("Admin %(name)s dapat masuk di /masuk.", name=name))
    if not typed:
        click.echo(_("Kata sandi, hanya tampil sekali ini: %(password)s", password=password))


@people.command("free")
@click.argument("word")
@click.option("--second", is_flag=True, help="Forget the second phone too; the next sign-in sets another one up.")
def free(word: str, second: bool) -> None:
    """Make a code of 15 minutes for anybody, by phone, e-mail or PKH id: for who has no other way back in."""
    try:
        made = service.free(word, second)
    except NotFound:
        raise click.ClickException(_("Tidak ada akun terbuka dengan nomor ini.")) from None
    about = {"name": made.name, "code": made.code}
    click.echo(_("Kode untuk %(name)s: %(code)s. Berlaku 15 menit di /masuk/kode.", **about))


def _ask_password() -> str:
    said = _("Kata sandi (kosong: dibuatkan)")
    return str(
        click.prompt(said, default="", show_default=False, hide_input=True, confirmation_prompt=_("Sekali lagi"))
    )


def _tell(report: ImportReport | service.SheetReport, applied: bool) -> None:
    for fault in report.faults:
        place = _("baris %(row)s, %(column)s", row=fault.row, column=fault.column or "-")
        click.echo(f"{place}: {fault.message}")
    counts = {"new": report.created, "changed": report.changed, "same": report.same, "faults": len(report.faults)}
    click.echo(_("%(new)s baru, %(changed)s berubah, %(same)s tetap, %(faults)s salah.", **counts))
    if not applied:
        click.echo(_("Belum ada yang disimpan. Tambahkan --apply untuk menyimpan."))
