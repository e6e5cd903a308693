"""Commands of the core: bring the database to the newest schema, and do waiting jobs."""

import os
import signal
import threading

import click
from flask import current_app
from flask.cli import AppGroup

from p2k2lms.core import jobs, schema

database = AppGroup("database", help="The database of this installation.")
work = AppGroup("jobs", help="Work that waits in the outbox.")
COMMANDS = (database, work)


@database.command("upgrade")
def upgrade() -> None:
    """Bring the schema to the newest migration."""
    schema.upgrade()
    click.echo(f"schema: {schema.head()}", err=True)


@work.command("run")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
def run(once: bool) -> None:
    """Do waiting jobs until told to stop."""
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    parent = os.getppid()
    while not stop.is_set():
        done = jobs.run_due()
        if once or os.getppid() != parent:
            break
        if not done:
            jobs.wait(float(current_app.config.get("JOB_WAIT_SECONDS", 2)))
