"""Synthetic talk: questions beside some cards and obstacles, in a class, and among alumni, with answers that helped."""

import random
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.errors import NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.forum import queries
from p2k2lms.plugins.forum.models import Helped, Post, Thread
from p2k2lms.plugins.forum.service import places
from p2k2lms.plugins.forum.values import ALUMNI, ANSWERED, CLASS, LANGKAH, OBSTACLE, OPEN
from p2k2lms.plugins.identity import service as identity

COURSE = "diklat-p2k2"
HOUSE = uuid.UUID("6f0cbb7e-8b5e-4d35-9a0e-6b7f1c1d2a10")
Talk = tuple[str, str, tuple[tuple[str, int, str], ...]]  # place, question, answers: text, helped, the tip made of it
TALK: tuple[Talk, ...] = (
    (
        "langkah:m1-s01-l01",
        "Ibu-ibu diam saat saya minta bercerita di awal sesi. Bagaimana rekan-rekan memulainya?",
        (
            (
                "Saya mulai dari berpasangan dulu, dua menit. Setelah itu satu orang menceritakan cerita temannya, "
                "bukan ceritanya sendiri. Yang malu jadi berani.",
                7,
                "Mulai berpasangan dua menit, lalu ceritakan cerita teman, bukan cerita sendiri.",
            ),
            ("Saya bercerita lebih dulu tentang anak saya sendiri, yang lucu saja.", 3, ""),
        ),
    ),
    ("langkah:m1-s01-l09", "Yang datang hanya ibu. Bagaimana langkah tentang ayah ini tetap sampai ke rumah?", ()),
    (
        "langkah:blc-s01-l04",
        "Kesepakatan apa yang paling menolong di angkatan rekan-rekan?",
        (("HP dibisukan, tetapi boleh keluar sebentar bila ada telepon dari kelompok.", 4, ""),),
    ),
    (
        "obstacle:banyak_absen",
        "Separuh kelompok bekerja di kebun sampai sore. Ada yang berhasil memindahkan jam pertemuan?",
        (
            ("Kami sepakati jam 16 untuk tiga bulan, ditulis di buku ketua. Hadirnya naik dari 9 menjadi 15.", 5, ""),
            ("Bertemu di kebun, di pondok, sambil istirahat siang. Bawa gambar saja.", 2, ""),
        ),
    ),
    ("angkatan", "Apakah lembar praktik hari ketiga perlu dicetak atau cukup di HP?", (("Cukup di HP.", 1, ""),)),
    (
        "alumni",
        "Sudah enam bulan selesai diklat. Sesi mana yang paling sering rekan-rekan ulang di lapangan?",
        (("Sesi pengelolaan keuangan. Ibu-ibu minta diulang sebelum masa sekolah.", 4, ""),),
    ),
)


def load(scale: str, seed: int) -> None:
    """Talk of the people who are there; called again, it adds nothing. The same for every scale."""
    version, people, trainer = _cast()
    if version is None or len(people) < 8:
        return
    lot = random.Random(f"forum:{seed}")  # noqa: S311 - data, not secrets
    with unit_of_work("forum.load_demo", subject=scale) as uow:
        for number, talk in enumerate(TALK):
            thread_id = uuid.uuid5(HOUSE, str(number))
            place = _place(talk[0], version)
            if place is None or queries.thread(thread_id) is not None:
                continue
            talking = lot.sample(people, len(people))
            _write(thread_id, place, talk, talking, trainer)
            places.put_on_shelf(uow, place["place_kind"], place["place_id"])


def _cast() -> tuple[int | None, list[int], int | None]:
    """The version that is talked about, who talks (none of the accounts to try out), and who confirms."""
    known = identity.find_people(["pendamping", "widyaiswara"])
    try:
        version = catalogue.latest(COURSE).id
    except NotFound:
        return None, [], None
    spared = {person.id for person in known.values()}
    people = [person for person in identity.demo_people("pendamping") if person not in spared][:30]
    return version, people, known["widyaiswara"].id if "widyaiswara" in known else None


def _place(where: str, version: int) -> dict[str, str] | None:
    """Where a talk stands: a card of the course, an obstacle, else the class that runs today and its centre."""
    kind, _colon, key = where.partition(":")
    if kind == LANGKAH:
        outline = catalogue.outline(version)
        if key not in outline.places:
            return None
        title = next(s.title for s in outline.sesi[outline.places[key][0]].steps if s.id == key)
        return _told(LANGKAH, f"{COURSE}/{key}", title, f"kursus:{COURSE}")
    if kind == OBSTACLE:
        return _told(OBSTACLE, key, "", "kendala")
    today = clock.today()
    running = next((card for card in enrolment.all_classes() if card.ends and card.starts <= today <= card.ends), None)
    if running is None:
        return None
    if kind == CLASS:
        return _told(CLASS, str(running.id), running.name, f"angkatan:{running.id}")
    centre = identity.unit(running.centre_unit_id)
    return _told(ALUMNI, str(centre.id), f"Alumni {centre.name}", f"alumni:{centre.id}")


def _told(kind: str, key: str, title: str, realm: str) -> dict[str, str]:
    return {"place_kind": kind, "place_id": key, "place_title": title, "realm": realm}


def _write(
    thread_id: uuid.UUID,
    place: dict[str, str],
    talk: Talk,
    people: Sequence[int],
    trainer: int | None,
) -> None:
    """One talk: the question some days ago, an answer every five hours."""
    _where, question, answers = talk
    asked = clock.now() - timedelta(days=9 - TALK.index(talk), hours=TALK.index(talk))
    at = [asked + timedelta(hours=5 * (n + 1)) for n in range(len(answers))]
    confirmed = any(tip for _text, _helped, tip in answers) and trainer is not None
    times = {"asked_at": asked, "last_at": at[-1] if at else asked}
    state = ANSWERED if confirmed else OPEN
    row = {"id": thread_id, "person_id": people[0], "answers": len(answers), "state": state, **place, **times}
    queries.insert_many(Thread, [row])
    queries.insert_many(Post, [_post(thread_id, thread_id, people[0], question, asked)])
    for n, (text, helped, tip) in enumerate(answers):
        post_id = uuid.uuid5(thread_id, str(n))
        post = _post(post_id, thread_id, people[n + 1], text, at[n]) | {"helpful": helped}
        sure = {"confirmed_by": trainer, "confirmed_at": at[n], "tip": tip} if tip and trainer else {}
        queries.insert_many(Post, [post | sure])
        voters = [person for person in people if person != people[n + 1]][:helped]
        queries.insert_many(Helped, [{"post_id": post_id, "person_id": person} for person in voters])


def _post(post_id: uuid.UUID, thread_id: uuid.UUID, person_id: int, text: str, at: Any) -> dict[str, Any]:
    when = {"occurred_at": at, "received_at": at}
    return {"id": post_id, "thread_id": thread_id, "person_id": person_id, "text": text, "flags": [], **when}
