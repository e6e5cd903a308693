"""The commands of the catalogue: files in and out, faults in plain words, counts as JSON."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config import for_tests
from p2k2lms.factory import create_app
from p2k2lms.plugins.catalogue import files, service
from p2k2lms.plugins.catalogue.commands import demo
from p2k2lms.plugins.catalogue.models import Document
from tests import ground
from tests.factories.catalogue import DATA, TINY, a_course, course_texts


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the tiny course's files."""
    return Path(shutil.copytree(DATA, tmp_path / "files"))


@pytest.fixture
def run(app):
    return app.test_cli_runner().invoke


def the_courses_that_ship() -> None:
    """Published as in a demo."""
    ground.stand("the courses that ship", lambda: demo("small", 1), Document)


def test_check_answers_without_a_database_and_names_a_wrong_key(folder, tmp_path):
    app = create_app(
        for_tests(
            tmp_path,
            f"sqlite:///{tmp_path}/none.db",
            COURSES_DIR=folder / "courses",
            CONTENT_DIR=folder / "modules_content",
        )
    )
    manifest = folder / "courses" / f"{TINY}.yaml"
    manifest.write_text(manifest.read_text().replace("subtitle:", "subtitel:"))
    done = app.test_cli_runner().invoke(args=["courses", "check"])
    assert done.exit_code == 1
    assert "courses/kursus-kecil.yaml:3: subtitel: kunci tidak dikenal" in done.stderr
    told = json.loads(done.stdout)
    assert told["faults"] == [
        {"file": "courses/kursus-kecil.yaml", "line": 3, "key": "subtitel", "message": "kunci tidak dikenal"}
    ]
    assert not (tmp_path / "none.db").exists()


@pytest.fixture(scope="module")
def checked(sqlite_app):
    """What the check says of the courses that came with the platform."""
    return sqlite_app.test_cli_runner().invoke(args=["courses", "check"])


def test_check_counts_and_ends_well_where_nothing_is_wrong(checked):
    assert checked.exit_code == 0, checked.stderr
    assert json.loads(checked.stdout)["counts"]["sesi"] >= 26


def test_a_file_that_is_no_text_is_named(run, folder):
    (folder / "modules_content" / TINY / "tf-s01" / "gambar-1.svg").write_bytes(b"\xff\xfe\x00")
    done = run(args=["courses", "check", "--from", str(folder)])
    assert done.exit_code == 1
    assert "gambar-1.svg:1: -: bukan teks UTF-8" in done.stderr


def test_load_publish_and_export_go_round(run, folder, tmp_path):
    assert json.loads(run(args=["courses", "load", "--from", str(folder)]).stdout)["counts"][TINY]["revision"] == 1
    published = json.loads(run(args=["courses", "publish"]).stdout)["counts"][TINY]
    assert published == {"version": 1, "hash": service.latest(TINY).hash}
    out = tmp_path / "out"
    assert run(args=["courses", "export", str(out), "--sealed"]).exit_code == 0
    there = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert there == {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_export_leaves_keys_out_unless_told(run, tmp_path):
    a_course()
    run(args=["courses", "export", str(tmp_path / "out")])
    assert not list((tmp_path / "out").rglob("soal.yaml"))
    assert list((tmp_path / "out").rglob("_sesi.md"))


def test_an_export_of_the_shipped_courses_checks_as_they_do_by_our_register_and_vocabulary(run, tmp_path, checked):
    the_courses_that_ship()
    run(args=["courses", "export", str(tmp_path / "out"), "--sealed"])
    theirs = run(args=["courses", "check", "--from", str(tmp_path / "out")])
    assert (theirs.exit_code, theirs.stderr) == (0, "")
    ours, found = json.loads(checked.stdout), json.loads(theirs.stdout)
    assert (found["courses"], found["unknown_words"]) == (ours["courses"], ours["unknown_words"])


def test_a_folder_with_a_register_of_its_own_is_held_to_that(run, folder, tmp_path):
    kit = folder / "modules_content" / "_kit"
    kit.mkdir()
    (kit / "sumber.yaml").write_text("lain:\n  judul: Sumber lain\n")
    card = folder / "modules_content" / TINY / "tf-s01" / "01-sapaan.md"
    card.write_text(card.read_text().replace("key:", "sources: [L-35]\nkey:", 1))
    assert "sumber L-35 tidak ada" in run(args=["courses", "check", "--from", str(folder)]).stderr
    (kit / "sumber.yaml").unlink()
    assert "sumber L-35 tidak ada" not in run(args=["courses", "check", "--from", str(folder)]).stderr


def test_publish_shows_each_fault_and_fails(run, folder):
    card = folder / "modules_content" / TINY / "tf-s01" / "01-sapaan.md"
    card.write_text(card.read_text().replace("minutes: 5", "menit: 5"))
    run(args=["courses", "load", "--from", str(folder)])
    done = run(args=["courses", "publish"])
    assert done.exit_code == 1
    assert "01-sapaan.md:4: menit: kunci tidak dikenal" in done.stderr
    assert done.stdout == ""


def test_the_demo_publishes_what_came_with_the_platform_once(app, monkeypatch):
    """Here that is the tiny course; the demo of all plugins publishes those that came."""
    monkeypatch.setitem(app.config, "COURSES_DIR", DATA / "courses")
    monkeypatch.setitem(app.config, "CONTENT_DIR", DATA / "modules_content")
    demo("small", 1)
    version = service.latest(TINY)
    demo("small", 1)
    assert service.latest(TINY) == version


def test_a_path_that_leads_out_of_the_folder_is_not_written(tmp_path):
    with pytest.raises(ValueError, match="out of the folder"):
        files.write({"../x.md": b"x"}, tmp_path / "in")


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(card=TEXT, item=TEXT)
def test_any_text_comes_back_from_the_database_byte_for_byte(app, tmp_path, card, item):
    root = tmp_path / "in"
    texts = {
        **course_texts(),
        f"modules_content/{TINY}/tf-s01/01-sapaan.md": card,
        f"modules_content/{TINY}/tf-s01/soal.yaml": item,
    }
    files.write({path: text.encode() for path, text in texts.items()}, root)
    service.load(TINY, files.read(TINY, root / "courses", root / "modules_content", keep=service.put_media))
    files.write(service.exported(TINY, sealed=True)[0], tmp_path / "out")
    for path, text in texts.items():
        assert (tmp_path / "out" / path).read_bytes() == text.encode()


@pytest.mark.parametrize("words", [["load", "tidak-ada"], ["publish", "tidak-ada"], ["export", "out", "--course", "x"]])
def test_a_course_that_is_not_there_is_said_in_one_line(run, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    done = run(args=["courses", *words])
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: Kursus ")
    assert done.stderr.count("\n") == 1


def test_a_folder_without_courses_is_a_fault(run, tmp_path):
    done = run(args=["courses", "check", "--from", str(tmp_path)])
    assert done.exit_code == 1
    assert json.loads(done.stdout)["counts"]["courses"] == 0
