"""The alert rules of coaching: a path that stands still, that nobody coaches, or with forgotten agreements; and praise.

A supervisor is told first, who leads the unit when nothing has changed a while later.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from p2k2lms.core.alerts import PRAISE, TOGETHER, AlertRule, Finding
from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.coaching.queries import alerts as read
from p2k2lms.plugins.coaching.rules.paths import is_koordinators
from p2k2lms.plugins.identity import service as identity

IDLE, IDLE_ABOVE = 14, 21
FORGOTTEN, FORGOTTEN_ABOVE = 14, 28
FRESH = 14


class Late(NamedTuple):
    """A path for which a rule holds: for how many days, and whether who leads the unit is told too."""

    path_id: int
    person_id: int
    days: int
    above: bool
    params: dict[str, Any]


def idle_paths(today: date) -> Iterator[Finding]:
    """A-04: nothing was rated, talked about or signed for two weeks, though somebody coaches."""
    found = (
        (path, person, (today - max(filter(None, days))).days) for path, person, *days in read.signs_of_life(today)
    )
    late = (Late(path, person, n, n >= IDLE_ABOVE, {"days": n}) for path, person, n in found if n >= IDLE)
    yield from _about(late, "", today)


def uncoached_paths(today: date) -> Iterator[Finding]:
    """A-13: two weeks without a coach, or none and no supervisor either: it is the koordinator's to name one."""
    rows = [(path, person, (today - since).days) for path, person, since in read.without_coach(today)]
    cared_for = identity.supervisors_of([person for _path, person, _days in rows], today)
    turn = ((path, who, n) for path, who, n in rows if is_koordinators(n, who in cared_for))
    yield from _about((Late(path, who, n, True, {"days": n}) for path, who, n in turn), "/pembimbing", today)


def forgotten_actions(today: date) -> Iterator[Finding]:
    """A-14: two weeks after it was to be done nobody has written what came of an agreement."""
    rows = read.forgotten_actions(today - timedelta(days=FORGOTTEN))
    late = [(path, person, (today - oldest).days, number) for path, person, number, oldest in rows]
    told = (Late(p, who, days, days >= FORGOTTEN_ABOVE, {"n": n, "days": days}) for p, who, days, n in late)
    yield from _about(told, "/tindakan", today)


def finished_paths(today: date) -> Iterator[Finding]:
    """A-15: a path was signed to its end these days; praise while it is news."""
    rows = read.finished_since(today - timedelta(days=FRESH))
    ago = [(path, person, (today - after).days + 1) for path, person, after in rows]
    told = (Late(path, person, days, False, {"days": days}) for path, person, days in ago)
    yield from _about(told, "", today)


def _about(late: Iterable[Late], page: str, today: date) -> Iterator[Finding]:
    rows = list(late)
    people = [one.person_id for one in rows]
    homes, supervisors = identity.home_units(people, today), identity.supervisors_of(people, today)
    for one in rows:
        home = homes.get(one.person_id)
        if home is not None:
            path = home.path if one.above or one.person_id not in supervisors else ""
            url = f"/bimbingan/jalur/{one.path_id}{page}"
            yield Finding(f"path:{one.path_id}", home.id, path, url, one.person_id, one.params)


ALERTS = (
    AlertRule(
        "A-04",
        lazy("Jalur bimbingan diam {days} hari: tidak ada amatan, catatan atau tanda selesai"),
        lazy("Telepon: tanyakan apa yang menyulitkan, lalu sepakati tanggal pertemuan berikutnya."),
        idle_paths,
        name=lazy("Jalur diam"),
        message=(
            "Halo {name}, ini {me}. Jalur bimbingan Anda diam {days} hari. Apa yang menyulitkan? Kapan kita bertemu?"
        ),
    ),
    AlertRule(
        "A-13",
        lazy("Jalur bimbingan menunggu pembimbing {days} hari"),
        lazy("Tunjuk supervisor, atau rekan yang sudah bersedia."),
        uncoached_paths,
        name=lazy("Menunggu pembimbing"),
        act=TOGETHER,
    ),
    AlertRule(
        "A-14",
        lazy("Kesepakatan bimbingan belum dilihat hasilnya: {n}, yang terlama lewat {days} hari"),
        lazy("Buka kesepakatan bersama, tulis hasilnya, dan beri pujian untuk yang berhasil."),
        forgotten_actions,
        name=lazy("Kesepakatan terlupa"),
        act=TOGETHER,
        message=(
            "Halo {name}, ini {me}. Bagaimana hasil yang kita sepakati? Mari kita buka bersama dan tulis hasilnya."
        ),
    ),
    AlertRule(
        "A-15",
        lazy("Menyelesaikan jalur bimbingan {days} hari lalu"),
        lazy("Beri pujian: sebut satu kemajuan yang Anda lihat sendiri."),
        finished_paths,
        name=lazy("Selesai jalur"),
        act=PRAISE,
        message=("Halo {name}, ini {me}. Selamat, jalur bimbingan Anda selesai."),
    ),
)
