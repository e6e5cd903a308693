"""What plugins agreed on: who takes which kind of submission, who renders which path, which page has which place.

Both ways round: nobody takes what is another's, and nothing that was promised is missing.
"""

import re
from collections.abc import Sequence

import pytest
from flask import Flask

from p2k2lms.core.plugin import Plugin
from p2k2lms.installed import INSTALLED
from tests.architecture.source import ROOT

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
    **dict.fromkeys(("/bahasa", "/tampilan"), SHELL),
}

PROMISED = (  # what people, links on paper and other programs may count on, whoever renders it
    *("/", "/masuk", "/keluar", "/akun", "/belajar", "/belajar/<>", "/belajar/<>/<>/<>", "/tes/<>", "/tes/<>/hasil"),
    *("/sertifikat", "/cek/<>", "/angkatan", "/angkatan/<>/nilai", "/angkatan/<>/tutup", "/angkatan/<>/sertifikat"),
    *("/angkatan/<>/tanggapan", "/bimbingan", "/bimbingan/keputusan", "/bimbingan/antrean", "/lapangan", "/tanya"),
    *("/evaluasi", "/dampak", "/dampak/rencana", "/studio", "/studio/kursus", "/studio/soal", "/studio/rubrik"),
    *("/studio/jalur", "/kelola", "/kelola/audit", "/orang/<>", "/kabar", "/kiriman", "/api/v1/kiriman"),
    *("/api/v1/posisi", "/api/v1/openapi.json", "/sehat", "/siap", "/gaya"),
)
PLACES = {  # by place: the plugin on whose page it stands, and those that fill it
    "home.next": ("dashboards", "assessment coaching delivery fieldwork"),
    "home.cards": ("dashboards", "certificates dashboards enrolment evaluation identity outcomes progress"),
    "home.ahead": ("dashboards", "certificates coaching delivery enrolment fieldwork identity progress"),
    "home.top": ("dashboards", "identity"),
    "public.home": ("dashboards", "certificates outcomes"),
    "person.page": ("dashboards", "assessment enrolment progress"),
    "person.ahead": ("dashboards", "certificates coaching enrolment outcomes progress"),
    "person.coaching": ("dashboards", "coaching progress"),
    "person.results": ("dashboards", "certificates evaluation fieldwork outcomes"),
    "person.help": ("dashboards", "identity"),
    "unit.page": ("dashboards", "coaching enrolment fieldwork outcomes"),
    "outline.top": ("delivery", "assessment"),
    "outline.bottom": ("delivery", "assessment forum progress"),
    "sesi.after": ("delivery", "assessment fieldwork"),
    "step.after": ("delivery", "forum"),
    "test.passed": ("assessment", "certificates"),
    "item.editor.side": ("assessment", "assessment"),
    "class.tabs": ("enrolment", "assessment certificates coaching delivery evaluation forum outcomes progress"),
    "class.own": ("enrolment", "forum"),
    "class.report": ("progress", "certificates evaluation"),
    "path.stage": ("coaching", "progress"),
    "path.bottom": ("coaching", "progress"),
    "group.page": ("fieldwork", "progress"),
    "meeting.page": ("fieldwork", "coaching"),
    "teach.before": ("fieldwork", "progress"),
    "obstacle.after": ("fieldwork", "forum"),
    "card.editor.side": ("catalogue", "assessment fieldwork"),
    "course.draft": ("catalogue", "fieldwork"),
    "offline.page": (SHELL, "assessment coaching delivery fieldwork forum"),
}


def plain(rule: str) -> str:
    """A rule, or a path that was agreed on, without the names of its arguments."""
    return re.sub(r"<[^>]*>", "<>", rule)


def owner_of(path: str) -> str:
    """The plugin that may render this path; "" if nobody may."""
    said = plain(path)
    fits = [begin for begin in PATHS if begin != "/" and re.match(re.escape(begin) + r"(?![\w-])", said)]
    return PATHS[max(fits, key=len)] if fits else (PATHS["/"] if said == "/" else "")


def strangers(app: Flask) -> list[str]:
    """Rules that are rendered by somebody else than their owner."""
    return [
        f"{rule.rule}: {renders}"
        for rule in app.url_map.iter_rules()
        if (renders := _renders(app, rule.endpoint)) != owner_of(rule.rule)
    ]


def unanswered(app: Flask) -> list[str]:
    """The paths that are somebody's and below which nothing is, and those that were promised and are no page."""
    rules = [plain(rule.rule) for rule in app.url_map.iter_rules()]
    below = [path for path in PATHS if not any(re.match(re.escape(path) + r"(?![\w-])", rule) for rule in rules)]
    return list(dict.fromkeys(below + [path for path in PROMISED if path not in rules]))


def shown_by(place: str) -> set[str]:
    """The plugins that show this place, on a page or in what makes one."""
    said = re.compile(rf"\b(?:panels|offers|questions_of)\(\s*['\"]{re.escape(place)}['\"]")
    folders = ((ROOT / "templates", "*.html"), (ROOT / "p2k2lms" / "plugins", "*.py"))
    return {
        file.relative_to(folder).parts[0]
        for folder, pattern in folders
        for file in folder.rglob(pattern)
        if said.search(file.read_text("utf-8"))
    }


def unlike(plugins: Sequence[Plugin]) -> dict[str, tuple[set[str], set[str]]]:
    """By place: the plugins that agreed to fill it and do not, and those that do and did not."""
    agreed = {place: set(fillers.split()) for place, (_owner, fillers) in PLACES.items()}
    filled: dict[str, set[str]] = {place: set() for place in agreed}
    for plugin in plugins:
        for place in plugin.panels:
            filled.setdefault(place, set()).add(plugin.name)
    both = {place: (agreed.get(place, set()), names) for place, names in filled.items()}
    return {place: (wanted - names, names - wanted) for place, (wanted, names) in both.items() if wanted != names}


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


def test_each_path_that_was_agreed_on_leads_somewhere(app):
    assert unanswered(app) == []


def test_a_page_that_is_missing_is_noticed(app):
    fewer = Flask("fewer", static_folder=None)
    for rule in app.url_map.iter_rules():
        if "tanggapan" not in rule.rule and rule.rule != "/kelola/audit":
            fewer.url_map.add(rule.empty())
    assert unanswered(fewer) == ["/angkatan/<>/tanggapan", "/kelola/audit"]


@pytest.mark.parametrize("place", PLACES)
def test_each_place_stands_on_a_page_of_its_owner_alone(place):
    assert shown_by(place) == {PLACES[place][0]}


def test_a_place_that_no_page_shows_is_noticed():
    assert shown_by("unit.nowhere") == set()


def test_each_place_is_filled_by_those_who_agreed_to_and_no_others():
    assert unlike(INSTALLED) == {}


def test_a_filler_that_lacks_or_was_not_agreed_on_is_noticed():
    fewer = [plugin for plugin in INSTALLED if plugin.name != "coaching"]
    stranger = Plugin("stranger", panels={"unit.page": print, "unit.nowhere": print})
    found = unlike([*fewer, stranger])
    assert found["meeting.page"] == ({"coaching"}, set())
    assert found["unit.page"] == ({"coaching"}, {"stranger"})
    assert found["unit.nowhere"] == (set(), {"stranger"})
    assert "group.page" not in found


def test_each_kind_that_was_agreed_on_is_taken():
    assert set(KINDS) - {kind.name for plugin in INSTALLED for kind in plugin.submissions} == set()


def test_each_kind_of_submission_is_agreed_upon_and_taken_by_its_own_plugin():
    taken = [(plugin.name, kind.name) for plugin in INSTALLED for kind in plugin.submissions]
    assert [kind for _, kind in taken if kind not in KINDS] == []
    assert [kind for name, kind in taken if not kind.startswith(f"{name}.")] == []


def test_each_kind_still_takes_its_newest_version_and_lifts_every_older_one():
    for kind in (kind for plugin in INSTALLED for kind in plugin.submissions):
        newest = max(kind.versions)
        assert set(kind.lift) == set(kind.versions) - {newest}, kind.name
        assert kind.title, kind.name
