"""Commands of the core: the birth of the database, demo data, waiting jobs; and what every command has in common."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import Any, TypeVar

import click
from flask import current_app
from flask.cli import AppGroup, ScriptInfo, with_appcontext
from sqlalchemy.exc import OperationalError

from p2k2lms.core import bulk, jobs, nature, resealing, schema, sealing
from p2k2lms.core.errors import DomainError
from p2k2lms.core.i18n import _

SCALES = ("small", "regional", "national")
SEED = 2026

database = AppGroup("database", help="The database of this installation.")
demo = AppGroup("demo", help="Synthetic people and records for trying things out.")
work = AppGroup("jobs", help="Work that waits in the outbox.")
keys = AppGroup("keys", help="The keys that seal small secrets.")
COMMANDS: tuple[click.Command, ...] = (database, demo, work, keys)
NO_FILE = (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError)
Callback = TypeVar("Callback", bound=Callable[..., Any])


def answers_without_database(callback: Callback) -> Callback:
    """Mark a command (innermost decorator) that also answers where no database exists yet."""
    callback.needs_database = False  # type: ignore[attr-defined]
    return callback


def guard(command: click.Command) -> click.Command:
    """Let a command say in one line, with exit 1, that there is no database, before it reads or asks anything, that a
    file cannot be had, or that a rule said no."""
    if isinstance(command, click.Group):
        for child in command.commands.values():
            guard(child)
    if command.callback is not None and not hasattr(command.callback, "guarded"):
        if getattr(command.callback, "needs_database", True):
            _ask_first(command)
        command.callback = _guarded(command.callback)
    return command


def _ask_first(command: click.Command) -> None:
    parse = command.parse_args

    def parse_args(context: click.Context, args: list[str]) -> list[str]:
        if not context.resilient_parsing and not set(args) & set(command.get_help_option_names(context)):
            with context.ensure_object(ScriptInfo).load_app().app_context():
                _must_be_there()
        return parse(context, args)

    command.parse_args = parse_args  # type: ignore[method-assign, assignment]


def _must_be_there() -> None:
    if not schema.is_there():
        raise click.ClickException(_("Belum ada basis data. Jalankan `make run` dahulu."))


def _guarded(callback: Callable[..., Any]) -> Callable[..., Any]:
    def run_guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return callback(*args, **kwargs)
        except DomainError as refusal:
            raise click.ClickException(str(refusal)) from refusal
        except OperationalError as fault:
            why = str(fault.orig).strip().partition("\n")[0]
            raise click.ClickException(_("Basis data tidak menjawab: %(why)s", why=why)) from fault
        except NO_FILE as fault:
            raise click.ClickException(f"{fault.filename}: {fault.strerror}") from fault

    guarded = with_appcontext(update_wrapper(run_guarded, callback))
    guarded.guarded = True  # type: ignore[attr-defined]
    return guarded


@database.command("upgrade")
@answers_without_database
def upgrade() -> None:
    """Bring the schema to the newest migration."""
    schema.upgrade()
    click.echo(f"schema: {schema.head()}", err=True)


@database.command("birth")
@click.option("--demo/--real", "as_demo", default=None, help="What it is to be; unsaid: demo, in production real.")
@answers_without_database
def birth(as_demo: bool | None) -> None:
    """Make the database if it is new, put in what it begins with, and print which it is; harmless to repeat."""
    nature.must_have_secret(current_app.config)
    schema.upgrade()
    said = nature.is_demo()
    wanted = current_app.config["ENV"] != "production" if said is None and as_demo is None else as_demo
    if said is None or wanted is not None:
        nature.be_born(bool(wanted))
    nature.must_allow(current_app.config)
    if not nature.filled():
        _fill("small", SEED) if nature.is_demo() else _begin()
    click.echo("demo" if nature.is_demo() else "real")


@demo.command("load")
@click.option("--scale", type=click.Choice(SCALES), default="small", show_default=True)
@click.option("--seed", type=int, default=SEED, show_default=True, help="The same seed makes the same people.")
def load(scale: str, seed: int) -> None:
    """Fill a demo database; people who are there already stay as they are."""
    nature.must_be_demo()
    _fill(scale, seed)


def _begin() -> None:
    """What a real database begins with: no people, no records."""
    for plugin in current_app.extensions["plugins"]:
        if plugin.birth is not None:
            plugin.birth()
    nature.note_filled("real")


def _fill(scale: str, seed: int) -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    for plugin in current_app.extensions["plugins"]:
        if plugin.demo is not None:
            began = time.monotonic()
            plugin.demo(scale, seed)
            if scale != SCALES[0]:
                bulk.take_stock()
            click.echo(f"demo {scale}: {plugin.name} {time.monotonic() - began:.1f} s", err=True)
    nature.note_filled(scale)


@work.command("run")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
def run(once: bool) -> None:
    """Do waiting jobs until told to stop, or until whoever started this is gone."""
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    parent, night = os.getppid(), None
    while not stop.is_set():
        if not once:
            night = jobs.queue_nightly(night)
        done = jobs.run_due()
        if once or os.getppid() != parent:
            break
        if not done:
            jobs.wait(float(current_app.config["JOB_WAIT_SECONDS"]), stop)


@keys.command("new")
@click.option("--write", is_flag=True, help="Put it first in the file of the instance folder, instead of printing it.")
@answers_without_database
def new(write: bool) -> None:
    """Make a key that will seal from the next start on; keep the older ones behind it until `keys reseal` is done."""
    held = str(current_app.config["SEAL_KEYS"])
    names = {part.partition(":")[0] for part in held.split(",")}
    made = sealing.new_key(next(f"k{n}" for n in range(1, len(names) + 2) if f"k{n}" not in names))
    if not write:
        click.echo(made)
        return
    file = Path(current_app.config["INSTANCE_DIR"]) / "seal_keys"
    if not file.exists() or file.read_text("ascii").strip() != held:
        raise click.ClickException(_("Kunci disetel lewat P2K2_SEAL_KEYS; tambahkan di sana."))
    fresh = file.with_name("seal_keys.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as opened:
        opened.write(f"{made},{held}")
    fresh.replace(file)
    click.echo(_("Kunci baru ditulis. Mulai ulang server, lalu jalankan: keys reseal."))


@keys.command("reseal")
def reseal() -> None:
    """Bring every sealed value under the first key; afterwards the older keys may be taken away."""
    for column, number in resealing.reseal().items():
        click.echo(f"{column}: {number}")
