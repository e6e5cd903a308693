"""What plugins agreed on: who takes which kind of submission, and who renders which path.

A plugin that does not exist yet is named here all the same, so that nobody else takes its place meanwhile.
"""

import re

import pytest
from flask import Flask

from p2k2lms.installed import INSTALLED

KINDS = (
    *("delivery.step", "assessment.answer", "assessment.finish", "enrolment.attendance"),
    *("coaching.observation", "coaching.contact", "coaching.signoff", "coaching.reflection"),
    *("fieldwork.meeting", "fieldwork.no_meeting", "fieldwork.correction", "fieldwork.cancel", "fieldwork.photo"),
    *("fieldwork.roster", "fieldwork.spot_check", "fieldwork.verification", "forum.post", "evaluation.reply"),
)
SHELL = "web"
PATHS = {  # the longest pattern that a path begins with says whose it is
    "/": "dashboards",
    **dict.fromkeys(("/masuk", "/keluar", "/akun", "/kelola"), "identity"),
    **dict.fromkeys(("/belajar", "/api/v1/posisi", "/api/v1/paket"), "delivery"),
    "/tes": "assessment",
    "/angkatan": "enrolment",
    **dict.fromkeys((f"/angkatan/{x}" for x in ("<>/nilai", "<>/tutup", "<>/versi", "binaan")), "progress"),
    "/angkatan/<>/sertifikat": "certificates",
    "/angkatan/<>/tanggapan": "evaluation",
    **dict.fromkeys(("/bimbingan", "/api/v1/paket/bimbingan"), "coaching"),
    "/bimbingan/keputusan": "progress",
    "/bimbingan/antrean": "dashboards",
    **dict.fromkeys(("/lapangan", "/api/v1/paket/lapangan"), "fieldwork"),
    **dict.fromkeys(("/tanya", "/api/v1/paket/tanya"), "forum"),
    "/evaluasi": "evaluation",
    "/dampak": "outcomes",
    "/studio": "catalogue",
    "/studio/soal": "assessment",
    **dict.fromkeys(("/studio/rubrik", "/studio/jalur"), "coaching"),
    **dict.fromkeys(("/sertifikat", "/cek"), "certificates"),
    **dict.fromkeys(("/orang", "/kabar"), "dashboards"),
    **dict.fromkeys(("/orang/<>/kode", "/orang/kode"), "identity"),
    **dict.fromkeys(("/kiriman", "/api/v1", "/sehat", "/siap", "/metrik", "/gaya"), SHELL),
    **dict.fromkeys(("/luring", "/sw.js", "/manifest.webmanifest", "/robots.txt", "/favicon.ico"), SHELL),
    **dict.fromkeys(("/bahasa", "/tampilan", "/static"), SHELL),
}


def owner_of(path: str) -> str:
    """The plugin that may render this path; "" if nobody may."""
    said = re.sub(r"<[^>]*>", "<>", path)
    fits = [begin for begin in PATHS if begin != "/" and re.match(re.escape(begin) + r"(?![\w-])", said)]
    return PATHS[max(fits, key=len)] if fits else (PATHS["/"] if said == "/" else "")


def strangers(app: Flask) -> list[str]:
    """Rules that are rendered by somebody else than their owner."""
    return [
        f"{rule.rule}: {renders}"
        for rule in app.url_map.iter_rules()
        if (renders := _renders(app, rule.endpoint)) != owner_of(rule.rule)
    ]


def _renders(app: Flask, endpoint: str) -> str:
    module = app.view_functions[endpoint].__module__.split(".")
    return module[2] if module[:2] == ["p2k2lms", "plugins"] else SHELL


def test_each_path_is_rendered_by_its_owner(app):
    assert strangers(app) == []


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("/", "dashboards"),
        ("/angkatan/<int:angkatan_id>/nilai.csv", "progress"),
        ("/angkatan/<int(max=5):angkatan_id>", "enrolment"),
        ("/bimbingan/antrean", "dashboards"),
        ("/bimbingan/<uuid:path_id>", "coaching"),
        ("/orangtua", ""),
        ("/studio/soal/<code>", "assessment"),
    ],
)
def test_the_longest_beginning_decides(path, owner):
    assert owner_of(path) == owner


def test_a_path_of_another_plugin_is_noticed(app):
    moved = Flask("moved")
    moved.add_url_rule("/tanya/<int:thread>", "orang", app.view_functions["dashboards.people"])
    assert "/tanya/<int:thread>: dashboards" in strangers(moved)


def test_each_kind_of_submission_is_agreed_upon_and_taken_by_its_own_plugin():
    taken = [(plugin.name, kind.name) for plugin in INSTALLED for kind in plugin.submissions]
    assert [kind for _, kind in taken if kind not in KINDS] == []
    assert [kind for name, kind in taken if not kind.startswith(f"{name}.")] == []


def test_each_kind_still_takes_its_newest_version_and_lifts_every_older_one():
    for kind in (kind for plugin in INSTALLED for kind in plugin.submissions):
        newest = max(kind.versions)
        assert set(kind.lift) == set(kind.versions) - {newest}, kind.name
        assert kind.title, kind.name
