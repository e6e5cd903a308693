"""Pure decisions of enrolment; first about classes: a sound plan, who may come in, whom numbers mean."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from p2k2lms.core.errors import Fault
from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.enrolment.values import MODES, AngkatanCard, AngkatanPlan

MOST_SEATS = 100_000


def faults_of(plan: AngkatanPlan, taken: int = 0) -> list[Fault]:
    """What is wrong with the plan of a class in which `taken` people already sit."""
    faults = []
    if plan.mode not in MODES:
        faults.append(Fault("mode", lazy("Pilih luring, campuran, atau daring.")))
    if plan.ends is not None and plan.ends < plan.starts:
        faults.append(Fault("ends", lazy("Hari terakhir ada sebelum hari pertama. Periksa lagi.")))
    if plan.seats is not None and not 1 <= plan.seats <= MOST_SEATS:
        faults.append(Fault("seats", lazy("Isi jumlah tempat antara 1 dan 100.000, atau kosongkan.")))
    elif plan.seats is not None and plan.seats < taken:
        faults.append(Fault("seats", lazy("Sudah ada %(taken)s peserta. Tempat tidak bisa kurang.", taken=taken)))
    if plan.open_door and plan.mode != "daring":
        faults.append(Fault("open_door", lazy("Pintu terbuka hanya untuk angkatan daring.")))
    return [*faults, *_online_faults(plan)]


def _online_faults(plan: AngkatanPlan) -> list[Fault]:
    """What is wrong with the online phase that comes first in a mixed class."""
    if plan.online_until is None:
        return []
    if plan.mode != "campuran":
        return [Fault("online_until", lazy("Tahap daring hanya untuk angkatan campuran. Kosongkan."))]
    if plan.online_until < plan.starts or (plan.ends is not None and plan.online_until > plan.ends):
        return [Fault("online_until", lazy("Akhir tahap daring harus di antara hari pertama dan hari terakhir."))]
    return []


def is_over(angkatan: AngkatanCard, day: date) -> bool:
    """True once the class is closed, or its last day has gone by."""
    return angkatan.closed_at is not None or (angkatan.ends is not None and day > angkatan.ends)


def may_walk_in(angkatan: AngkatanCard, paths: Iterable[str], day: date) -> bool:
    """True for an open door that a person of these units may use today."""
    near = any(path.startswith(angkatan.centre_path) for path in paths)
    return angkatan.open_door and angkatan.mode == "daring" and near and not is_over(angkatan, day)


def ancestors(paths: Iterable[str]) -> list[str]:
    """Every unit path above these, themselves too: `/ID/R4/` gives `/ID/` and `/ID/R4/`."""
    found: set[str] = set()
    for path in paths:
        steps = path.strip("/").split("/")
        found.update("/" + "/".join(steps[: n + 1]) + "/" for n in range(len(steps)))
    return sorted(found)


def numbers_in(text: str) -> list[str]:
    """The PKH ids and phone numbers that somebody typed or pasted, each once, in order."""
    return list(dict.fromkeys(part.strip() for part in re.split(r"[\n,;\t]+", text) if part.strip()))


def short_of_seats(angkatan: AngkatanCard, newcomers: Sequence[int]) -> bool:
    """True if so many people do not fit."""
    return angkatan.seats_left is not None and len(newcomers) > angkatan.seats_left


def exposed_from(class_starts: date, came: date) -> date:
    """The first day of exposure: the start of the class, or the day of coming when that was later."""
    return max(class_starts, came)


def exposed_to(exposed_since: date, last: date) -> date:
    """The day after the last day of exposure; a spell is never empty."""
    return max(exposed_since, last) + timedelta(days=1)
