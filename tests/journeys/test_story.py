"""`make story` holds: the main job from outside, on a server of its own, and a broken one is noticed."""

import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

STORY = [sys.executable, "tools/story.py"]


def told(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*STORY, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.slow(reason="starts the whole platform on a fresh database and walks the main job")
def test_a_pendamping_goes_from_sign_in_to_a_certificate_that_a_stranger_can_check():
    story = told()
    assert story.returncode == 0, story.stdout + story.stderr
    for act in (
        "Masuk sebagai pendamping",
        "pre-test",
        "belajar",
        "post-test",
        "PDF",
        "Cek umum: asli",
        "pertemuan dilaporkan",
        "SELESAI",
    ):
        assert act in story.stdout
    assert story.stdout.count("  resi K-") > 50


def test_the_story_ends_with_one_where_no_server_answers():
    story = told("--url", "http://127.0.0.1:9")
    assert (story.returncode, "GAGAL" in story.stdout) == (1, True)
