"""Static files: named by their content, small, kept for ever."""

import gzip
import hashlib
import re

import brotli
import pytest

from p2k2lms.web import assets
from tests.architecture.source import ROOT

NAMES = sorted(assets.built())


@pytest.mark.parametrize("name", NAMES)
def test_each_file_is_named_by_its_content_and_kept_for_ever(browser, name):
    address = assets.asset(name)
    assert re.fullmatch(r"/static/[\w.-]+\.[0-9a-f]{12}\.\w+", address)
    with browser.get(address) as answer:
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", NAMES)
def test_each_file_has_compressed_twins_that_say_the_same(browser, name):
    for coding, open_up in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        with browser.get(assets.asset(name), headers={"Accept-Encoding": coding}) as answer:
            small = answer.headers.get("Content-Encoding") == coding
            assert (open_up(answer.data) if small else answer.data) == assets.built()[name][1]


def test_styles_are_one_file_that_names_the_weave_by_its_content():
    text = assets.built()["app.css"][1].decode()
    assert f"url({assets.asset('weave.svg')})" in text
    assert "/*" not in text
    assert "data:" not in text


def test_a_file_that_does_not_exist_is_found_out_at_once(browser):
    with pytest.raises(KeyError):
        assets.asset("nothing.css")
    assert browser.get("/static/nothing.css").status_code == 404


def test_two_starts_at_once_leave_whole_files(tmp_path):
    assets.write(tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assets.write(tmp_path)
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
    assert len(before) == 3 * len(NAMES)


def test_the_outbox_is_at_most_eight_kilobytes_and_the_styles_at_most_eight():
    for name in ("outbox.js", "app.css"):
        assert len(brotli.compress(assets.built()[name][1])) <= 8 * 1024


def test_work_is_stored_by_the_outbox_alone_and_downloads_by_the_packs_alone():
    texts = {name: body.decode() for name, (_, body) in assets.built().items() if name.endswith(".js")}
    assert sorted(name for name, text in texts.items() if "indexedDB.open(" in text) == ["outbox.js", "packs.js"]
    assert [name for name, text in texts.items() if "p2k2-outbox" in text] == ["outbox.js"]


def test_the_icon_of_the_site_is_found_by_its_old_name(browser):
    with browser.get("/favicon.ico", follow_redirects=True) as answer:
        assert answer.mimetype == "image/svg+xml"


@pytest.mark.parametrize("name", sorted(path.name for path in assets.SOURCES.glob("*.js")))
def test_no_script_holds_what_squeezing_would_change(name):
    """Lines are joined: a comment after code would swallow the next one, a text over two lines would lose its end."""
    for number, line in enumerate((assets.SOURCES / name).read_text("utf-8").splitlines(), 1):
        code = line.strip()
        assert code.startswith("//") or not re.search(r"\S\s+//\s", code), (name, number)
        assert code.startswith(("//", "/*")) or code.count("`") % 2 == 0, (name, number)


def test_a_squeezed_script_is_joined_where_a_line_ends_nothing():
    script = "/* Says hello. */\n\n// And no more.\nfor (;;) {\n  a();\n  b()\n}\nconst c = [\n  1,\n  2]\nd()\n"
    assert assets.bare(script) == "for (;;) {a();b()}\nconst c = [\n1,2]\nd()\n"


@pytest.mark.parametrize(
    ("name", "released"),
    [
        ("easymde.min.js", "2c06bddfd0c89176db08ccf9d42e2beaa9b4f1a4ff8fb2ec0bf1bed25ce08e05"),
        ("easymde.min.css", "6eee36340432776d682e7372ec4a7eb29be4fdb3ffada32c0bfa5e31a5ef34a2"),
    ],
)
def test_what_comes_from_outside_is_served_as_its_makers_released_it(name, released):
    """The sums are those of easymde 2.21.0 as the npm registry has it."""
    assert hashlib.sha256(assets.built()[name][1]).hexdigest() == released
    assert "MIT License" in (assets.FROM_OUTSIDE / "LICENSE").read_text("utf-8")


def test_the_editor_from_outside_is_named_by_one_script_and_the_pages_that_have_it():
    texts = {name: body.decode() for name, (_, body) in assets.built().items() if name.endswith(".js")}
    assert [name for name, text in texts.items() if assets.asset("easymde.min.js") in text] == ["tulis.js"]
    assert [name for name, text in texts.items() if assets.asset("tulis.js") in text] == ["naskah.js"]
    pages = (ROOT / "templates").rglob("*.html")
    named = [path for path in pages if re.search(r"(naskah|tulis)\.js|easymde", path.read_text("utf-8"))]
    assert sorted(path.relative_to(ROOT / "templates/catalogue").name for path in named) == [
        *("card.html", "sesi.html", "writing.html")
    ]
