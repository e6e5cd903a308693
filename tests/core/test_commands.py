"""Commands: the birth of a database is one idempotent road, and whoever finds none is told in one line."""

import gc
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import cli

from config import for_tests, from_environment
from p2k2lms.core import commands, nature
from p2k2lms.core.plugin import Plugin
from p2k2lms.factory import create_app
from tests import databases
from tests.architecture.source import ROOT
from tests.factories.catalogue import DATA as COURSES
from tests.stats.reference import DATA

NEED_NONE = (
    ("courses", "check"),
    ("courses", "facts"),
    ("keys", "new"),
    ("outcomes", "verify"),
    ("enrolment", "draw", "verify"),
    ("fieldwork", "redraw"),
    ("backup", "verify"),
    ("backup", "restore"),
    ("database", "upgrade"),
    ("database", "birth"),
)


@pytest.fixture
def house(tmp_path):
    """A platform without a database, with two plugins that note what demo data they were asked for."""
    app = create_app(for_tests(tmp_path, f"sqlite:///{tmp_path}/new.db", PLUGINS=()))
    yield from _with_two_plugins(app)


@pytest.fixture
def unborn(tmp_path):
    """The same on a database that has its tables, and no row yet."""
    yield from _with_two_plugins(databases.migrated_app(tmp_path, f"sqlite:///{tmp_path}/new.db", PLUGINS=()))


def _with_two_plugins(app: Flask) -> Iterator[Flask]:
    app.extensions["asked"] = asked = []
    app.extensions["plugins"] = tuple(
        Plugin(name=name, demo=lambda scale, seed, name=name: asked.append((name, scale, seed)))
        for name in ("lower", "upper")
    )
    yield app
    databases.close(app)


def run(app: Flask, *words: str):
    return app.test_cli_runner().invoke(args=words)


@pytest.mark.parametrize("words", [("demo", "load"), ("jobs", "run", "--once")])
def test_without_a_database_a_command_says_so_in_one_line_and_makes_none(house, tmp_path, words):
    done = run(house, *words)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "Error: Belum ada basis data. Jalankan `make run` dahulu.\n"
    assert not (tmp_path / "new.db").exists()


def leaves(command: click.Command, *before: str):
    """Every command below this one, as one types it."""
    if not isinstance(command, click.Group):
        return [before]
    return [words for name, child in command.commands.items() for words in leaves(child, *before, name)]


@pytest.fixture
def bare(tmp_path):
    """The whole platform, without a database."""
    return create_app(for_tests(tmp_path, f"sqlite:///{tmp_path}/new.db"))


def test_every_other_command_says_it_before_it_reads_or_asks_anything(bare, tmp_path):
    commands_of_all = leaves(bare.cli)
    needy = [words for words in commands_of_all if words[0] != "stats" and words not in NEED_NONE]
    assert set(NEED_NONE) < set(commands_of_all)
    assert ("people", "add-admin") in needy
    for words in needy:
        done = run(bare, *words)
        assert (done.exit_code, done.stdout) == (1, ""), words
        assert done.stderr == "Error: Belum ada basis data. Jalankan `make run` dahulu.\n", words
    assert not (tmp_path / "new.db").exists()


def test_what_needs_no_database_is_listed_where_the_commands_are_told(bare):
    """With little to do: a tiny course to check, and no plugin that fills what is born."""
    told = (ROOT / "docs/operate.md").read_text("utf-8")
    bare.extensions["plugins"] = ()
    for words in NEED_NONE:
        assert f"`{' '.join(words)}`" in told, words
        more = ("--from", str(COURSES)) if words[0] == "courses" else ()
        assert "Belum ada basis data" not in run(bare, *words, *more).stderr


def test_help_is_given_without_a_database(bare):
    assert "--generate" in run(bare, "people", "add-admin", "--help").stdout


def test_a_folder_that_is_not_there_is_said_in_one_line(house, tmp_path):
    run(house, "database", "birth")
    for words in (["backup", "create", str(tmp_path / "no" / "such" / "x.zip")], ["backup", "verify", "no.zip"]):
        done = run(house, *words)
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1), words
    assert not (tmp_path / "no").exists()
    assert run(house, "backup", "create").exit_code == 0
    assert len(list((tmp_path / "backups").glob("p2k2-*.zip"))) == 1


def test_where_nothing_can_be_written_figures_are_still_reckoned_and_nothing_is_born(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x")
    for name in ("P2K2_SECRET_KEY", "P2K2_SEAL_KEYS", "P2K2_INDEX_KEY", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("P2K2_INSTANCE", str(tmp_path / "file" / "instance"))
    app = create_app(from_environment())
    reckoned = run(app, "stats", "funnel", str(DATA / "05_kabupaten_month.csv"))
    assert reckoned.exit_code == 0, reckoned.stderr
    assert run(app, "courses", "check", "--from", str(COURSES)).stdout.startswith("{")
    born = run(app, "database", "birth")
    assert (born.exit_code, born.stdout, born.stderr.count("\n")) == (1, "", 1)
    assert "P2K2_INSTANCE" in born.stderr


def test_where_the_secret_cannot_be_read_commands_answer_and_no_server_starts(tmp_path, monkeypatch):
    (tmp_path / "secret_key").mkdir()
    for name in ("P2K2_SECRET_KEY", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("P2K2_INSTANCE", str(tmp_path))
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")
    monkeypatch.setitem(sys.modules, "app", None)
    del sys.modules["app"]  # read here anew, and away afterwards
    patience = gc.get_threshold()
    checked = CliRunner().invoke(cli, ["--app", "app", "courses", "check", "--from", str(COURSES)])
    gc.set_threshold(*patience)
    assert checked.stdout.startswith("{"), checked.stderr
    command = [sys.executable, "-m", "gunicorn", "app:app", "--bind", "127.0.0.1:0", "--no-control-socket"]
    served = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert served.returncode != 0
    assert "Setel P2K2_INSTANCE" in served.stderr


def test_a_database_that_cannot_be_reached_counts_as_none(tmp_path):
    app = create_app(for_tests(tmp_path, "postgresql+psycopg://nobody@127.0.0.1:1/none", PLUGINS=()))
    done = run(app, "demo", "load")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)


def test_a_new_database_is_born_as_a_demo_and_filled_once_from_the_ground_up(house):
    first, again = run(house, "database", "birth"), run(house, "database", "birth")
    assert (first.exit_code, first.stdout, again.exit_code, again.stdout) == (0, "demo\n", 0, "demo\n")
    assert house.extensions["asked"] == [("lower", "small", commands.SEED), ("upper", "small", commands.SEED)]


def test_a_birth_that_was_interrupted_is_finished_the_next_time(unborn):
    def fail(scale, seed):
        raise KeyboardInterrupt

    whole = unborn.extensions["plugins"]
    unborn.extensions["plugins"] = (whole[0], Plugin(name="upper", demo=fail))
    assert run(unborn, "database", "birth").exit_code != 0
    unborn.extensions["plugins"] = whole
    assert run(unborn, "database", "birth").exit_code == 0
    assert [name for name, *_ in unborn.extensions["asked"]] == ["lower", "lower", "upper"]


def test_in_production_a_new_database_is_real_and_refuses_demo_data(unborn):
    unborn.config["ENV"] = "production"
    assert run(unborn, "database", "birth").stdout == "real\n"
    refused = run(unborn, "demo", "load", "--scale", "small")
    assert (refused.exit_code, refused.stderr) == (1, "Error: Basis data ini nyata: data demo ditolak.\n")
    assert unborn.extensions["asked"] == []


def test_what_is_born_stays_what_it_is(unborn):
    assert run(unborn, "database", "birth", "--real").stdout == "real\n"
    assert run(unborn, "database", "birth", "--demo").exit_code == 1
    assert run(unborn, "database", "birth").stdout == "real\n"


def test_a_demo_is_filled_further_at_another_scale(unborn):
    run(unborn, "database", "birth")
    assert run(unborn, "demo", "load", "--scale", "regional", "--seed", "7").exit_code == 0
    assert unborn.extensions["asked"][2:] == [("lower", "regional", 7), ("upper", "regional", 7)]
    with unborn.app_context():
        assert nature.filled() == "regional"


@pytest.mark.parametrize("change", [{"ENV": "production"}, {"HOST": "0.0.0.0"}])
def test_a_demo_is_not_brought_up_where_strangers_could_reach_it(unborn, change):
    run(unborn, "database", "birth")
    unborn.config.update(change)
    refused = run(unborn, "database", "birth")
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)


def test_a_command_may_answer_without_a_database(house):
    @click.command("tell")
    @commands.answers_without_database
    def tell():
        click.echo("told")

    house.cli.add_command(commands.guard(commands.guard(tell)))
    assert run(house, "tell").stdout == "told\n"
