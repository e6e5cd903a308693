"""Synthetic coaching: paths in every state, sheets by learner and coach, talks, and a micro teaching of a class.

What happens goes through the use-cases, each on its own day, so that whatever follows from it follows here too.
"""

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from p2k2lms.core import clock, intake
from p2k2lms.core.access import Actor, Posting
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.coaching import service
from p2k2lms.plugins.coaching.queries import paths as read
from p2k2lms.plugins.coaching.rules.paths import nearest
from p2k2lms.plugins.coaching.values import StageCard
from p2k2lms.plugins.coaching.values.words import COACH, LEARNER, MEETING, MICRO, PRACTICE, RANDOM
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import TRAINER, AngkatanCard
from p2k2lms.plugins.identity import service as identity

ALL = 99
IN_CLASS, SEEN_TWICE = 10, 4  # of a class so many have led a micro teaching, and so many were rated by two
VISITED = 6  # so many of those in care were visited at a P2K2, without a word before
EVIDENCE = (
    "Ibu yang duduk di belakang ikut bicara setelah ditanya dengan nama panggilannya.",
    "Gambar dipakai dua kali, ibu-ibu menunjuk sendiri.",
    "Waktu habis sebelum tugas rumah selesai dijelaskan.",
    "Bermain peran berjalan, semua tertawa, pesan utamanya diulang di akhir.",
)
REFLECTION = "Lain kali saya menunggu lebih lama sebelum menjawab pertanyaan sendiri."
TOPICS = ("Membuka pertemuan", "Membuat semua bicara", "Menjaga waktu", "Menutup dengan kesepakatan")
AGREED = "Mencoba tiga pertanyaan terbuka di kelompok berikutnya"


@dataclass(frozen=True)
class Walk:
    """How one path went: days since it began and was taken by its coach, meetings done, days since the last one.

    A path that was `left` was ended by its learner some days after the last meeting.
    """

    began: int
    taken: int | None
    done: int = 0
    last: int = 0
    left: bool = False


WALKS = (
    Walk(110, 108, ALL, 30),
    Walk(85, 82, ALL, 9),
    Walk(40, 38, 3, 6),
    Walk(60, 58, 2, 24),
    Walk(17, None),
    Walk(3, None),
    Walk(130, 128, ALL, 60),
    Walk(70, 66, 1, 50, left=True),
)


def load(scale: str, seed: int) -> None:
    """The people of the demo supervisor, and the classes of the demo widyaiswara; loaded once."""
    service.ship()
    known = identity.find_people(["supervisor", "pendamping", "widyaiswara"])
    if "supervisor" not in known or not read.templates([""]):
        return
    coach = known["supervisor"].id
    care = identity.supervised_by(coach, clock.today())
    if service.paths_of(care) or service.sheets_of(coach):
        return
    lot = random.Random(f"{seed}:bimbingan")  # noqa: S311 - data, not secrets
    stage = Stage(lot, coach)
    learning = {card.person_id for card in enrolment.enrolments_of_people(care)}
    free = [person for person in care if person not in learning]
    for walk, person in zip(WALKS, free, strict=False):
        stage.walk(person, walk)
    own = known["pendamping"].id if "pendamping" in known else 0
    if own:
        stage.visits(own, (75, 40, 8), PRACTICE)
    for n, person in enumerate(sorted(learning - {own})[:VISITED]):
        stage.visits(person, (20 + 15 * n,), RANDOM if n % 3 else MEETING)
    if "widyaiswara" in known:
        _micro_teaching(lot, known["widyaiswara"].id)


def _micro_teaching(lot: random.Random, trainer: int) -> None:
    today = clock.today()
    met = [c for c in enrolment.trains(_acting(trainer)) if c.ends is not None and c.starts < today]
    for angkatan in met:
        last = min(angkatan.ends or today, today - timedelta(days=1))
        second = next((s.person_id for s in angkatan.staff if s.role == TRAINER and s.person_id != trainer), None)
        for n, card in enumerate(enrolment.members(angkatan.id)[:IN_CLASS]):
            raters = [trainer, *([second] if second and n < SEEN_TWICE else [])]
            _teach(lot, raters, card.person_id, angkatan, last)


def _teach(lot: random.Random, raters: Sequence[int], person: int, angkatan: AngkatanCard, day: date) -> None:
    sesi, level = lot.choice(_for_families(angkatan.version_id)), lot.choice((1, 2, 2))
    about = {"context": MICRO, "subject": f"angkatan:{angkatan.id}", "sesi": sesi, "version_id": angkatan.version_id}
    with clock.stopped(_at(day, 10)):
        for rater in raters:
            Stage(lot, rater).rate(rater, person, level, about)


def _for_families(version_id: int) -> list[str]:
    return [s.id for s in catalogue.outline(version_id).sesi.values() if s.number is not None and s.written]


def _at(day: date, hour: int) -> datetime:
    return min(clock.now(), datetime.combine(day, time(hour), ZoneInfo(clock.HOME)))


def _acting(person_id: int) -> Actor:
    """A person as somebody who acts, in the units of today."""
    posted = [p for p in identity.postings_of(person_id) if p.valid_to is None]
    postings = tuple(Posting(p.role, p.unit.id, p.unit.path) for p in posted)
    return Actor(person_id, identity.person(person_id).name, postings)


class Stage:
    """One coach, and what he and his people send."""

    def __init__(self, lot: random.Random, coach: int) -> None:
        self.lot, self.coach, self.today = lot, coach, clock.today()

    def walk(self, person: int, walk: Walk) -> None:
        """One path from its first day to today, or to its end."""
        actor, guide = _acting(person), _acting(self.coach)
        with clock.stopped(self._ago(walk.began)):
            home = identity.home_unit(person, clock.today())
            at = home.path if home else ""
            whole = [t for t in nearest(read.published_templates(at), at) if not t.modul]
            path_id = service.begin(actor, whole[0].id)
        if walk.taken is None:
            return
        with clock.stopped(self._ago(walk.taken)):
            service.assign(guide, path_id, self.coach, clock.today())
        stages = read.stages(path_id)[: walk.done]
        for stage, days in zip(stages, self._spread(walk.taken - 4, walk.last, len(stages)), strict=True):
            with clock.stopped(self._ago(days)):
                self._meeting(actor, guide, path_id, stage)
        if walk.left:
            with clock.stopped(self._ago(walk.last - 5)):
                service.stop(actor, path_id)
            return
        self._agree(guide, path_id, walk)

    def _spread(self, first: int, last: int, number: int) -> Iterator[int]:
        """Days ago, evenly from the first meeting to the last."""
        for n in range(number):
            yield last + (first - last) * (number - 1 - n) // max(number - 1, 1)

    def _meeting(self, actor: Actor, guide: Actor, path_id: int, stage: StageCard) -> None:
        card = read.path(path_id, clock.today())
        assert card is not None
        told = {"path": path_id, "stage": stage.number}
        level = min(1 + stage.number // 3, 3)
        if stage.practice and stage.sesi:
            about = {"context": PRACTICE, "sesi": stage.sesi[0], "version_id": card.version_id}
            self.rate(card.person_id, card.person_id, min(level + 1, 3), about)
            if stage.observed:
                self.rate(self.coach, card.person_id, level, about)
        self._talk(guide, card.person_id, stage.number)
        self._send(actor, "reflection", told | {"text": REFLECTION})
        self._send(actor, "signoff", told | {"side": LEARNER})
        self._send(guide, "signoff", told | {"side": COACH})

    def _agree(self, guide: Actor, path_id: int, walk: Walk) -> None:
        if 0 < walk.done < ALL:
            with clock.stopped(self._ago(walk.last)):
                service.agree_on(guide, path_id, AGREED, clock.today() + timedelta(days=7))

    def visits(self, person: int, days_ago: Sequence[int], context: str) -> None:
        """Sheets of the coach about one person over time, each a little better than the one before."""
        course = service.field_course()
        if course is None:
            return
        for n, days in enumerate(days_ago):
            about = {"context": context, "sesi": course.sesi[n].id, "version_id": course.version_id}
            with clock.stopped(self._ago(days)):
                if context == PRACTICE:
                    self.rate(person, person, 2, about)
                self.rate(self.coach, person, 1 + n, about)

    def rate(self, observer: int, person: int, level: int, about: dict[str, Any]) -> None:
        """One sheet: most behaviours at this level, some one above or below, a few not seen."""
        rubric = catalogue.rubric(about["version_id"])
        sesi = catalogue.outline(about["version_id"]).sesi[about["sesi"]]
        if rubric is None:
            return
        levels = [max(0, min(3, level + self.lot.choice((-1, 0, 0, 0, 1)))) for _ in rubric.behaviours]
        scores = "".join("-" if self.lot.random() < 0.06 else str(value) for value in levels)
        steps = "".join(self.lot.choices("yst", (8, 2, 1), k=len(sesi.steps)))
        said = {"person": person, "on_day": clock.today().isoformat(), "scores": scores, "steps": steps} | about
        evidence = {} if observer == person else {"evidence": self.lot.choice(EVIDENCE)}
        self._send(_acting(observer), "observation", said | evidence)

    def _talk(self, guide: Actor, person: int, number: int) -> None:
        when = {"on_day": clock.today().isoformat(), "minutes": 30 + 10 * (number % 4), "mode": "bertemu"}
        self._send(guide, "contact", when | {"people": [person], "topic": TOPICS[number % len(TOPICS)]})

    def _send(self, actor: Actor, kind: str, payload: dict[str, Any]) -> None:
        sent_id = str(uuid.UUID(int=self.lot.getrandbits(128), version=4))
        answer = intake.receive_one(actor, f"coaching.{kind}", payload, sent_id=sent_id, device="demo")
        if answer.status != "accepted":
            raise ValueError(f"{kind}: {answer.faults}")

    def _ago(self, days: int) -> datetime:
        return _at(self.today - timedelta(days=days), 9)
