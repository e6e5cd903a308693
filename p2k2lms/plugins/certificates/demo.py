"""What the demo issuer prints, and who has earned a certificate: decided by the use-cases, each on its day."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from p2k2lms.core import clock, jobs, settings
from p2k2lms.core.access import SYSTEM, Actor, Posting
from p2k2lms.core.errors import NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.assessment.values import POST
from p2k2lms.plugins.certificates.service import DRAW
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import RUNNING, TRAINER, AngkatanCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.progress import service as progress
from p2k2lms.plugins.progress.values import EQUAL, FAILED, NOT_YET, PASSED

CENTRE = "R4"
CHOSEN = {
    "certificates.unit": "BBPPKS-BJM",
    "certificates.issuer": "Balai Besar Pendidikan dan Pelatihan Kesejahteraan Sosial Banjarmasin",
    "certificates.place": "Banjarbaru",
    "certificates.signer_name": "Nama Kepala Balai (contoh)",
}
NOTES = {
    PASSED: "Hadir penuh dan micro teaching baik, menurut daftar hadir dan lembar nilai kelas.",
    FAILED: "Syarat post-test belum terpenuhi. Diundang ke angkatan berikutnya.",
}
NOTE_OF_PATH = "Membaca modul cetak karena posko tanpa sinyal. Tiga amatan baik, post-test ditempuh di kantor."
NOTE_NOT_YET = "Post-test belum ditempuh. Tempuh di HP, lalu kirim satu amatan lagi bersama pembimbing."
DAYS_TO_DECIDE, WEEKS_TO_DECIDE, MONTHS_OLD = 2, timedelta(weeks=2), timedelta(days=120)
Work = tuple[datetime, str, Callable[[], None]]


def load(scale: str, seed: int) -> None:
    """The settings of the centre, and what was decided; what is there already stays.

    Decisions are made in the order of their days, so that numbers rise with them. Documents are drawn when asked for.
    """
    try:
        centre = identity.unit_by_code(CENTRE)
    except NotFound:
        return
    known = settings.of_unit(centre.id)
    for key, text in CHOSEN.items():
        if key not in known:
            settings.choose(SYSTEM, centre.id, key, text)
    work = [one for angkatan in enrolment.all_classes() for one in _work(angkatan, seed)]
    work += _paths()
    for at, subject, decide in sorted(work, key=lambda one: one[:2]):
        with clock.stopped(at), unit_of_work("certificates.load_demo", subject=subject):
            decide()
    with unit_of_work("certificates.leave_undrawn", subject=scale):
        jobs.forget(DRAW)


def _work(angkatan: AngkatanCard, seed: int) -> Iterator[Work]:
    """What is still to be decided in a class, and when that was done."""
    if angkatan.closed_at is not None:
        return
    if angkatan.open_door:
        for day, enrolments in _read_on(angkatan, seed).items():
            yield _evening(day), f"angkatan:{angkatan.id}", partial(_let_the_rule_decide, enrolments)
    elif angkatan.ends is not None and angkatan.ends < clock.today():
        at = _evening(angkatan.ends + timedelta(days=DAYS_TO_DECIDE))
        yield at, f"angkatan:{angkatan.id}", partial(_decide_and_close, angkatan)


def _paths() -> Iterator[Work]:
    """Paths that ended some weeks ago are found equal, but for the first; the younger ones wait for somebody."""
    decider = identity.find_people(["widyaiswara"]).get("widyaiswara")
    if decider is None:
        return
    actor = _acting(decider.id)
    for one in progress.paths_waiting(actor):
        ended = one.path.valid_to
        if one.decided is None and ended is not None and ended <= clock.today() - WEEKS_TO_DECIDE:
            old = one.path.valid_from < clock.today() - MONTHS_OLD
            said = (NOT_YET, NOTE_NOT_YET) if old else (EQUAL, NOTE_OF_PATH)
            decide = partial(progress.decide_path, actor, one.path.id, *said)
            yield _evening(ended + timedelta(days=DAYS_TO_DECIDE)), f"path:{one.path.id}", decide


def _evening(day: date) -> datetime:
    return min(clock.now(), datetime.combine(day, time(20), ZoneInfo(enrolment.ZONE)))


def _read_on(angkatan: AngkatanCard, seed: int) -> dict[date, list[int]]:
    """The running enrolments of those who have read everything, by the day on which they were through."""
    spared = {person.id for person in identity.find_people(["pendamping"]).values()}
    days = defaultdict(list)
    for member in enrolment.members(angkatan.id):
        if member.state == RUNNING and member.person_id not in spared:
            way = enrolment.demo_way(angkatan, member.person_id, seed)
            if way.share == 1:
                days[clock.on_day(way.ended, enrolment.ZONE)].append(member.id)
    return days


def _let_the_rule_decide(enrolment_ids: list[int]) -> None:
    for enrolment_id in enrolment_ids:
        progress.note_reading(enrolment_id)


def _decide_and_close(angkatan: AngkatanCard) -> None:
    trainer = next((member.person_id for member in angkatan.staff if member.role == TRAINER), None)
    if trainer is None:
        return
    actor = _acting(trainer)
    members = [m for m in enrolment.members(angkatan.id) if m.state == RUNNING]
    scores = assessment.scores_of([m.id for m in members])
    posts = {member.id: scores.get(member.id, {}).get(POST) for member in members}
    found = {key: PASSED if post is not None and post.passed else FAILED for key, post in posts.items()}
    progress.decide_each(actor, angkatan.id, {key: (decision, NOTES[decision]) for key, decision in found.items()})
    progress.close(actor, angkatan.id)


def _acting(person_id: int) -> Actor:
    """The widyaiswara as somebody who acts, in the units of today."""
    posted = [p for p in identity.postings_of(person_id) if p.valid_to is None]
    postings = tuple(Posting(p.role, p.unit.id, p.unit.path) for p in posted)
    return Actor(person_id, identity.person(person_id).name, postings)
