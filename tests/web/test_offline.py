"""What opens without signal: a worker with a fixed list, a page of nobody, a way onto the home screen."""

import json
import re

import brotli
import pytest

from p2k2lms.web import assets, offline
from tests.conftest import an_actor


def files(script: str) -> list[str]:
    found = re.search(r"FILES = (\[.*?\])", script)
    assert found
    return json.loads(found[1])


def test_the_worker_is_served_at_the_root_for_anybody_and_asked_for_again_after_an_hour(browser):
    answer = browser.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.cache_control.max_age == 3600
    assert "__" not in answer.text
    assert browser.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_worker_keeps_static_files_and_one_page_and_nothing_else(browser):
    script = browser.get("/sw.js").text
    assert all(re.fullmatch(r"/static/[\w-]+\.[0-9a-f]{12}\.\w+", path) for path in files(script))
    assert 'PAGE = "/luring?bahasa=id"' in script
    for path in files(script):
        with browser.get(path) as kept:
            assert kept.status_code == 200


def test_every_script_and_style_of_the_page_without_signal_is_kept(browser):
    script, page = browser.get("/sw.js").text, browser.get("/luring").text
    assert set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page)) <= set(files(script))


def test_another_page_or_script_is_another_release(browser, monkeypatch):
    def release() -> str:
        found = re.search(r'"shell-(\w+)"', browser.get("/sw.js").text)
        assert found
        return found[1]

    first = release()
    assert release() == first
    monkeypatch.setattr(offline, "_page", lambda language: "lain")
    assert release() != first


@pytest.mark.parametrize(("asked", "said"), [("id", "Belum ada sinyal"), ("xx", "Belum ada sinyal")])
def test_the_page_without_signal_speaks_the_language_that_was_asked_for(browser, asked, said):
    assert said in browser.get(f"/luring?bahasa={asked}").text
    assert f'PAGE = "/luring?bahasa={"id" if asked == "xx" else asked}"' in browser.get(f"/sw.js?bahasa={asked}").text


def test_the_page_without_signal_is_the_same_for_everybody(browser, sign_in):
    nobody, somebody = browser.get("/luring"), sign_in(an_actor(7, "admin")).get("/luring")
    assert nobody.data == somebody.data
    assert "data-person" not in nobody.text
    assert "csrf_token" not in nobody.text
    assert nobody.cache_control.public


def test_the_manifest_names_pictures_that_are_there(browser):
    told = json.loads(browser.get("/manifest.webmanifest").data)
    assert (told["display"], told["start_url"], told["scope"]) == ("standalone", "/", "/")
    assert {picture["sizes"] for picture in told["icons"]} == {"192x192", "512x512", "any"}
    for picture in told["icons"]:
        with browser.get(picture["src"]) as found:
            assert found.mimetype == picture["type"]


def test_who_is_signed_in_gets_the_worker_and_who_is_not_does_not(browser, sign_in):
    assert "manifest.webmanifest" in sign_in(an_actor()).get("/kiriman").text
    assert "<script" not in browser.get("/masuk").text


def test_the_worker_is_short_and_the_whole_frame_is_light(browser):
    assert offline.WORKER.read_text("utf-8").count("\n") <= 150
    kept = [path for path in files(browser.get("/sw.js").text)]
    bodies = {assets.URL + name: body for name, body in assets.built().values()}
    weight = sum(len(brotli.compress(bodies[path])) for path in kept)
    assert weight + len(brotli.compress(browser.get("/luring").data)) <= 52 * 1024


def test_a_script_names_another_by_its_content():
    assert assets.asset("luring.js") in assets.built()["reading.js"][1].decode()
