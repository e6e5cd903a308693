"""Talk by plain forms: a doubtful text is asked about; what helped stands beside cards, obstacles and classes."""

import re

from p2k2lms.plugins.forum import pack_routes, service
from tests.conftest import WHO_ACTS
from tests.factories.enrolment import a_member, an_angkatan
from tests.factories.fieldwork import a_pendamping
from tests.factories.forum import CARD, a_question, an_answer, says
from tests.factories.identity import as_actor, someone

MOST_QUERIES = 6
PLACE = "/tanya/langkah/kursus-kecil/tf-s01-l01"


def a_class():
    """Two learners, their trainer, and the class."""
    one, two = as_actor(a_pendamping()), as_actor(a_pendamping())
    trainer = as_actor(someone("widyaiswara", "R4"))
    angkatan = an_angkatan(trainer=trainer.id)
    for actor in (one, two):
        a_member(angkatan, actor.id)
    return one, two, trainer, angkatan


def test_asking_answering_and_confirming_by_plain_forms(app, sign_in):
    one, two, trainer, _angkatan = a_class()
    asks, answers, confirms = sign_in(one), sign_in(two), sign_in(trainer)
    assert "Belum ada yang bertanya" in asks.get(PLACE).text
    asked = asks.post(PLACE, data={"text": "Bagaimana membuka?", "sent_id": "x"})
    assert asked.status_code == 303
    assert answers.post(asked.location, data={"text": "Berpasangan dulu"}).status_code == 303
    page = answers.get(asked.location).text
    assert "Berpasangan dulu" in page
    post = re.search(r"/tanya/jawaban/([0-9a-f-]{36})/membantu", asks.get(asked.location).text)
    assert post
    way = f"/tanya/jawaban/{post[1]}"
    assert asks.post(f"{way}/membantu", data={"nilai": "ya"}).status_code == 303
    assert "membantu 1 rekan" in answers.get(asked.location).text
    wrong = confirms.post(f"{way}/tegaskan", data={"tip": "Tanya Bu Sari saja"})
    assert wrong.status_code == 422
    assert "Tanya Bu Sari saja" in wrong.text
    assert confirms.post(f"{way}/tegaskan", data={"tip": "Berpasangan dua menit."}).status_code == 303
    assert "Berpasangan dua menit." in asks.get(PLACE).text
    assert asks.post(f"{way}/lapor").status_code == 422
    told = asks.post(f"{way}/lapor", data={"reason": "identitas"}, follow_redirects=True)
    assert (told.status_code, "Laporan Anda terkirim" in told.text) == (200, True)
    held = asks.get(asked.location).text
    assert "Ditahan sampai diperiksa." in held
    assert "Berpasangan" not in held
    assert "Berpasangan" not in asks.get(PLACE).text
    assert "1 tulisan dilaporkan" in confirms.get("/tanya").text
    back = confirms.post(f"{way}/biarkan", data={"dari_laporan": "1"})
    assert back.location == "/tanya/laporan"
    assert "Tidak ada yang menunggu" in confirms.get("/tanya/laporan").text


def test_a_doubtful_text_is_asked_about_and_kept_in_the_field(app, sign_in):
    one, _two, _trainer, _angkatan = a_class()
    page = sign_in(one)
    asked = page.post(PLACE, data={"text": "Ibu Aminah <b> tidak mau"})
    assert asked.status_code == 422
    assert "Ibu Aminah &lt;b&gt; tidak mau" in asked.text
    assert 'name="sent_sure"' in asked.text
    assert page.post(PLACE, data={"text": "Ibu Aminah tidak mau", "sent_sure": "1"}).status_code == 303
    empty = page.post(PLACE, data={"text": " "})
    assert empty.status_code == 422
    assert 'id="text-salah"' in empty.text


def test_what_helped_stands_beside_the_card_the_obstacle_and_in_the_class(app, sign_in):
    one, two, trainer, angkatan = a_class()
    for place in (CARD, "obstacle:alat", f"angkatan:{angkatan.id}"):
        service.say_helpful(one, an_answer(two, a_question(one, place=place), f"Baik untuk {place}"), True)
    learner = sign_in(one)
    card = learner.get("/belajar/kursus-kecil/tf-s01/tf-s01-l01").text
    assert f"Baik untuk {CARD}" in card
    assert "Tanya rekan, 1 pertanyaan" in card
    assert "Baik untuk obstacle:alat" in learner.get("/lapangan/kendala/alat").text
    reads_only = sign_in(as_actor(someone("dinsos", "R4"))).get("/lapangan/kendala/alat")
    assert (reads_only.status_code, "/tanya/" in reads_only.text) == (200, False)
    way = f'href="/tanya/angkatan/{angkatan.id}"'
    assert way in learner.get(f"/angkatan/{angkatan.id}/saya").text
    assert way in sign_in(trainer).get(f"/angkatan/{angkatan.id}").text
    assert sign_in(as_actor(a_pendamping())).get(f"/tanya/angkatan/{angkatan.id}").status_code == 404


def test_a_phone_takes_along_what_helped_beside_the_cards_of_its_courses_without_names(app, sign_in, count_queries):
    one, two, _trainer, angkatan = a_class()
    service.say_helpful(one, an_answer(two, a_question(one), "Mulai dari gambar."), True)
    service.say_helpful(one, an_answer(two, a_question(one, place=f"angkatan:{angkatan.id}"), "Rahasia kelas"), True)
    a_question(one, place="langkah:kursus-kecil/m1-s01-l01")  # nobody answered: nothing to take along
    learner = sign_in(one)
    with count_queries() as seen:
        told = learner.get("/api/v1/paket/tanya").json
    assert len(seen) <= MOST_QUERIES - WHO_ACTS, seen
    assert told["answers"] == {"kursus-kecil/tf-s01-l01": [{"text": "Mulai dari gambar.", "said": "membantu 1 rekan"}]}
    assert two.name not in str(told)
    assert sign_in(as_actor(a_pendamping())).get("/api/v1/paket/tanya").json["answers"] == {}


def test_what_a_phone_takes_along_has_a_bar(app, sign_in, monkeypatch):
    one, two, _trainer, _angkatan = a_class()
    for step in ("tf-s01-l01", "m1-s01-l01"):
        place = f"langkah:kursus-kecil/{step}"
        service.say_helpful(one, an_answer(two, a_question(one, place=place), "x" * 100), True)
    monkeypatch.setattr(pack_routes, "MOST_LETTERS", 150)
    assert len(sign_in(one).get("/api/v1/paket/tanya").json["answers"]) == 1


def test_the_pages_ask_little_of_the_database(app, sign_in, count_queries):
    one, two, trainer, angkatan = a_class()
    thread = a_question(one, place=f"angkatan:{angkatan.id}")
    for n in range(8):
        an_answer(two, thread, f"Jawaban {n}")
        says(one, text=f"Pertanyaan lain nomor {n}")
    service.report(one, an_answer(two, thread), "kasar")
    pages = ("/tanya", "/tanya?saring=saya", PLACE, f"/tanya/angkatan/{angkatan.id}", f"/tanya/{thread}")
    for actor, more in ((one, ()), (trainer, ("/tanya/laporan",))):
        browser = sign_in(actor)
        for path in (*pages, *more):
            with count_queries() as seen:
                assert browser.get(path).status_code == 200
            assert len(seen) + WHO_ACTS <= MOST_QUERIES, (path, seen)


def test_a_long_list_goes_on_behind_its_last_question(app, sign_in):
    one, _two, _trainer, _angkatan = a_class()
    for n in range(21):
        a_question(one, text=f"Nomor {n:02}")
    page = sign_in(one)
    first = page.get("/tanya").text
    later = re.search(r'href="(/tanya\?sebelum=[^"]+)"', first)
    assert later
    assert "Nomor 20" in first
    assert "Nomor 00" not in first
    second = page.get(later[1].replace("&amp;", "&")).text
    assert ("Nomor 00" in second, "Nomor 20" in second) == (True, False)
    assert page.get("/tanya?sebelum=kemarin&saring=entah").status_code == 200
