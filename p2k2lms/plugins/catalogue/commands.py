"""`courses check | load | publish | export`: content between files, drafts and published versions."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from p2k2lms.core.commands import answers_without_database
from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue import checking, facts, files, service

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
HERE = click.option("--from", "root", type=FOLDER, help="A folder with courses/ and modules_content/; unsaid: our own.")
WHICH = click.argument("courses", nargs=-1)

courses = AppGroup("courses", help="Courses: files, drafts and published versions.")


@courses.command("check")
@HERE
@answers_without_database
def check(root: Path | None) -> None:
    """Judge the files of every course; faults to stderr, counts as JSON to stdout, exit 1 on a fault."""
    report = checking.check(*_folders(root), kit=_folders(None)[1])
    for fault in report.faults:
        click.echo(str(fault), err=True)
    click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
    raise SystemExit(1 if report.faults else 0)


@courses.command("facts")
@HERE
@answers_without_database
def dated_facts(root: Path | None) -> None:
    """Print what carries a year, with its sources and questions: the page of the yearly review, as Markdown."""
    drafts, faults = checking.read(*_folders(root), kit=_folders(None)[1])
    for fault in faults:
        click.echo(str(fault), err=True)
    click.echo(facts.page(drafts.values()), nl=False)
    raise SystemExit(1 if faults else 0)


@courses.command("load")
@WHICH
@HERE
@click.option("--onto", type=int, help="The revision that was exported and edited: overwrite what the database holds.")
def load(courses: Sequence[str], root: Path | None, onto: int | None) -> None:
    """Read files into the drafts of COURSES, or of all that have a manifest."""
    folders = _folders(root)
    counts = {}
    for course in courses or files.courses(folders[0]):
        texts = files.read(course, *folders, keep=service.put_media)
        counts[course] = {"documents": len(texts), "revision": service.load(course, texts, onto)}
    _say(counts)


@courses.command("publish")
@WHICH
@click.option("--drop", is_flag=True, help="Langkah that are gone are meant to be gone.")
def publish(courses: Sequence[str], drop: bool) -> None:
    """Freeze the drafts of COURSES, or of all, into new versions; unchanged content gives none."""
    counts = {}
    for course in courses or service.drafted_courses():
        try:
            version = service.publish(course, drop)
        except Invalid as refusal:
            for fault in refusal.faults:
                click.echo(f"{fault.field}: {fault.message}", err=True)
            raise
        except service.Loss as refusal:
            raise Conflict(_("%(loss)s Bila memang dibuang: --drop.", loss=refusal)) from refusal
        counts[course] = {"version": version.number, "hash": version.hash}
    _say(counts)


@courses.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--course", "courses", multiple=True, help="Only this course; may be repeated.")
@click.option("--sealed", is_flag=True, help="With the items of the tests and their keys.")
def export(folder: Path, courses: Sequence[str], sealed: bool) -> None:
    """Write the drafts to FOLDER, byte for byte; the revision printed is what `load --onto` asks for."""
    counts = {}
    for course in courses or service.drafted_courses():
        contents, revision = service.exported(course, sealed)
        files.write(contents, folder)
        counts[course] = {"documents": len(contents), "revision": revision}
    _say(counts)


def demo(scale: str, seed: int) -> None:
    """Publish the courses that came with the platform, where they are not there yet."""
    folders = _folders(None)
    there = {version.course for version in service.courses()}
    for course in files.courses(folders[0]):
        if course not in there:
            service.load(course, files.read(course, *folders, keep=service.put_media))
            service.publish(course)


def _folders(root: Path | None) -> tuple[Path, Path]:
    if root is not None:
        return root / "courses", root / "modules_content"
    return current_app.config["COURSES_DIR"], current_app.config["CONTENT_DIR"]


def _say(counts: dict[str, Any]) -> None:
    click.echo(json.dumps({"counts": counts}, ensure_ascii=False))
