"""Pages that ask several questions in one statement say what they say when each is asked alone, on each engine."""

import re

import pytest

from p2k2lms.core import clock, questions
from tests.access import table
from tests.access.world import NOON, World

SENT = re.compile(r'(?<=name="csrf_token" value=)"[^"]*"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')  # new each time
PAGES = [
    ("widyaiswara", "/angkatan/<angkatan_id>"),
    ("widyaiswara", "/angkatan/<angkatan_id>/nilai"),
    ("panitia", "/angkatan/<angkatan_id>/nilai/kabar"),
    ("widyaiswara", "/angkatan/<angkatan_id>/tutup"),
    ("admin", "/angkatan/<angkatan_id>/tutup/laporan"),
    ("pendamping", "/angkatan/<angkatan_id>/saya"),
    ("widyaiswara", "/tes/kelas/<angkatan_id>"),
    ("widyaiswara", "/tes/kelas/<angkatan_id>/mutu"),
    ("pendamping", "/lapangan/pertemuan/<meeting_id>/perbaiki"),
    *(("widyaiswara", f"/bimbingan/jalur/<path_id>{tail}") for tail in ("", "/<number>", "/tindakan")),
    ("widyaiswara", "/bimbingan/keputusan/<path_id>"),
    ("widyaiswara", "/bimbingan/orang/<person_id>/amatan"),
    *((role, "/dampak/angkatan/<angkatan_id>") for role in ("widyaiswara", "evaluator")),
    *((role, "/dampak/wilayah/<code>/angka/<key>") for role in ("koordinator", "evaluator")),
    *((role, f"{part}/orang/<person_id>") for role in ("pendamping", "panitia", "admin") for part in ("", "/dampak")),
    *((role, f"/orang/<person_id>/{part}") for role in ("supervisor", "panitia") for part in ("bimbingan", "hasil")),
]


def shown(world: World, role: str, page: str) -> str:
    """What somebody reads there."""
    rule = next(rule for method, plain, rule in table.routes(world.app) if (method, plain) == ("GET", page))
    answer = world.client(role, "own").get(table.address(world, page, rule))
    assert answer.status_code == 200
    return SENT.sub("", answer.text)


@pytest.mark.parametrize(("role", "page"), PAGES)
def test_a_page_says_the_same_whether_it_asks_together_or_one_by_one(each_world, monkeypatch, role, page):
    asked = []
    with clock.stopped(NOON):
        together = shown(each_world, role, page)
        monkeypatch.setattr(questions, "ask", asked.append)
        assert shown(each_world, role, page) == together
    assert len(asked) >= 1
