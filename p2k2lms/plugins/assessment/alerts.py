"""The alert rules of tests: an item that the able get wrong, and a form whose marks tell people not apart.

Each is told to the widyaiswara of every centre that teaches the course, for any of them may mend the bank.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from p2k2lms.core.alerts import TOGETHER, AlertRule, Finding
from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.assessment import service
from p2k2lms.plugins.enrolment import service as enrolments


def turned_items(_today: date) -> Iterator[Finding]:
    """A-09, of an item: its discrimination is below nothing on thirty answers or more."""
    for version in service.judged_versions():
        for one in service.turned_items(version):
            params = {"item": one.item, "course": version.title, "n": one.answers, "d": round(one.discrimination)}
            yield from _at_each_centre(
                f"item:{one.key}", version.course, f"/studio/soal/{version.course}/butir/{one.item}", params
            )


def weak_forms(_today: date) -> Iterator[Finding]:
    """A-09, of a form: its CIC is below 64 on thirty papers or more."""
    for version in service.judged_versions():
        for one in service.weak_forms(version):
            params = {"form": one.form, "course": version.title, "n": one.papers, "cic": round(one.alpha)}
            yield from _at_each_centre(
                f"form:{version.id}{one.form}", version.course, f"/studio/soal/{version.course}", params
            )


def _at_each_centre(subject: str, course: str, url: str, params: dict[str, Any]) -> Iterator[Finding]:
    for centre in enrolments.centres_teaching(course):
        yield Finding(f"{subject}:{centre.id}", centre.id, centre.path, url, None, params)


ALERTS = (
    AlertRule(
        "A-09",
        lazy("Soal {item} di {course}: yang nilainya tinggi justru lebih sering salah (daya beda {d}, {n} jawaban)"),
        lazy("Buka soalnya: kemungkinan kuncinya salah, atau satu pengecoh juga benar."),
        turned_items,
        name=lazy("Soal terbalik"),
        act=TOGETHER,
        owner="widyaiswara",
    ),
    AlertRule(
        "A-09F",
        lazy("Post-test {course}, formulir {form}: keandalan {cic} dari 100 ({n} lembar), paling sedikit 64"),
        lazy("Perbaiki soal yang lemah dahulu, lalu tambah soal: nilai orang belum bisa dibedakan dengan yakin."),
        weak_forms,
        name=lazy("Tes belum bisa diandalkan"),
        act=TOGETHER,
        owner="widyaiswara",
    ),
)
