"""Commands: the birth of a database is one idempotent road, and whoever finds none is told in one line."""

from collections.abc import Iterator

import click
import pytest
from flask import Flask

from config import for_tests
from p2k2lms.core import commands, nature
from p2k2lms.core.plugin import Plugin
from p2k2lms.factory import create_app
from tests import databases


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
