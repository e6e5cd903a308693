"""What the pages of classes show to whom, and what their forms do; all without script."""

import io
import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from p2k2lms.core import clock
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.values import SessionPlan
from p2k2lms.plugins.identity.passwords import hashed
from tests.conftest import WHO_ACTS
from tests.factories.enrolment import BANJAR, a_member, an_angkatan, the_course, the_unit
from tests.factories.identity import as_actor, someone

ROLES = ("pendamping", "supervisor", "koordinator", "dinsos", "widyaiswara", "panitia", "evaluator", "admin")


@pytest.fixture(autouse=True)
def places(app):
    the_unit("R4"), the_course()


@pytest.fixture
def trainer():
    return as_actor(someone("widyaiswara", "R4", name="Bu Rahma"))


def test_each_role_sees_its_own_part(app, browser, sign_in):
    here = an_angkatan()
    admin = as_actor(someone("admin", "R4"))
    meeting = service.add_session(admin, here.id, SessionPlan(here.starts, 480, 90, "Materi", 2))
    staff = {role: as_actor(someone(role, "R4")) for role in ROLES}
    for url, welcome in (
        ("/angkatan", set(ROLES)),
        ("/angkatan/baru", {"widyaiswara", "panitia", "admin"}),
        (f"/angkatan/{here.id}", {"admin"}),
        (f"/angkatan/{here.id}/ubah", {"admin"}),
        (f"/angkatan/{here.id}/peserta", {"admin"}),
        (f"/angkatan/{here.id}/petugas", {"admin"}),
        (f"/angkatan/{here.id}/peserta/berkas", {"admin"}),
        (f"/angkatan/{here.id}/jadwal", {"admin"}),
        (f"/angkatan/{here.id}/jadwal/baru", {"admin"}),
        (f"/angkatan/{here.id}/hadir", {"admin"}),
        (f"/angkatan/{here.id}/hadir/{meeting}", {"admin"}),
        (f"/angkatan/{here.id}/hadir/{meeting}/kode", {"admin"}),
        (f"/angkatan/{here.id}/jadwal/{meeting}", {"admin"}),
        ("/angkatan/daftar-kosong.xlsx", {"widyaiswara", "panitia", "admin"}),
        ("/angkatan/999999", set()),
    ):
        answer = browser.get(url)
        assert (answer.status_code, answer.location.partition("?")[0]) == (302, "/masuk"), url
        for role in ROLES:
            status = sign_in(staff[role]).get(url).status_code
            may_ask = role in {"widyaiswara", "panitia", "admin"}
            assert status == (200 if role in welcome else 404 if may_ask else 403), (role, url)


def test_a_class_is_made_filled_and_emptied_by_plain_forms(app, sign_in, trainer):
    page = sign_in(trainer)
    answer = page.post(
        "/angkatan/baru",
        data={
            "course": the_course().course,
            "centre": the_unit("R4").id,
            "name": "  Angkatan   12 ",
            "mode": "daring",
            "starts": "2026-11-02",
            "ends": "",
            "seats": "40",
            "open_door": "y",
        },
    )
    assert answer.status_code == 303
    made = service.trains(trainer)[0]
    assert (made.name, made.seats, made.open_door, made.ends) == ("Angkatan 12", 40, True, None)
    ticked = someone("pendamping", BANJAR, name="Siti Aminah", pkh_id="pkh1")
    someone("pendamping", BANJAR, name="Norhayati", pkh_id="pkh2")
    choice = page.get(f"/angkatan/{made.id}/peserta?unit={BANJAR}").text
    assert "Siti Aminah" in choice
    answer = page.post(f"/angkatan/{made.id}/peserta", data={"people": [ticked], "numbers": "PKH2\n"})
    assert (answer.status_code, answer.location) == (303, f"/angkatan/{made.id}")
    roster = page.get(f"/angkatan/{made.id}").text
    assert all(word in roster for word in ("Siti Aminah", "Norhayati", "Bu Rahma", "2 dari 40 tempat"))
    assert "Siti Aminah" not in page.get(f"/angkatan/{made.id}/peserta?unit={BANJAR}").text
    out = re.search(r'action="(/angkatan/\d+/peserta/\d+/keluar)"', roster).group(1)
    assert page.post(out).status_code == 303
    assert service.angkatan(made.id).taken == 1
    assert page.post(f"/angkatan/{made.id}/pintu", data={"pintu": "tutup"}).status_code == 303
    assert service.angkatan(made.id).open_door is False


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "Beri nama"),
        ("name", "x" * 121, "name"),
        ("starts", "kemarin", "starts"),
        ("ends", "2020-01-01", "Hari terakhir ada sebelum"),
        ("seats", "-1", "antara 1 dan 100.000"),
        ("seats", "9" * 30, "antara 1 dan 100.000"),
        ("seats", "banyak", "seats"),
        ("mode", "lain", "mode"),
        ("open_door", "y", "hanya untuk angkatan daring"),
        ("course", "tidak-ada", "course"),
        ("centre", "999999", "centre"),
    ],
)
def test_a_wrong_field_comes_back_with_a_sentence_and_nothing_is_lost(app, sign_in, trainer, field, value, says):
    good = {"course": the_course().course, "centre": the_unit("R4").id, "name": "Angkatan 9", "mode": "luring"}
    answer = sign_in(trainer).post("/angkatan/baru", data={**good, "starts": "2026-11-02", field: value})
    assert answer.status_code == 422
    assert says in answer.text
    assert field == "name" or 'value="Angkatan 9"' in answer.text
    assert service.trains(trainer) == []


def test_an_unknown_number_is_named_beside_the_field_and_what_was_ticked_stays(app, sign_in, trainer):
    here = an_angkatan(trainer=trainer.id)
    ticked = someone("pendamping", BANJAR)
    answer = sign_in(trainer).post(
        f"/angkatan/{here.id}/peserta?unit={BANJAR}", data={"people": [ticked], "numbers": "0811999"}
    )
    assert answer.status_code == 422
    assert "0811999" in answer.text
    assert re.search(rf'value="{ticked}"[^>]*checked', answer.text)


def test_a_unit_that_is_not_in_the_centres_area_is_said_to_be_unknown(app, sign_in, trainer):
    here = an_angkatan(centre="63", trainer=trainer.id)
    page = sign_in(trainer)
    for code in ("62.03", "zz"):
        answer = page.get(f"/angkatan/{here.id}/peserta", query_string={"unit": code})
        assert (answer.status_code, "tidak ada di wilayah balai" in answer.text) == (200, True), code


def test_numbers_that_no_table_holds_are_not_there(app, sign_in, trainer):
    here, huge = an_angkatan(trainer=trainer.id), "9" * 30
    page = sign_in(trainer)
    assert page.get(f"/angkatan/{huge}").status_code == 404
    assert page.post(f"/angkatan/{here.id}/peserta/{huge}/keluar").status_code == 404
    assert page.get(f"/angkatan/{here.id}?setelah={huge}").status_code == 200
    assert page.get(f"/angkatan?sebelum={huge}").status_code == 200
    assert page.post(f"/angkatan/{here.id}/peserta", data={"people": [huge, "x"]}).status_code == 422


def test_who_runs_a_class_is_not_asked_to_join_it_and_others_are(app, sign_in, trainer):
    an_angkatan(trainer=trainer.id, open_door=True, name="Daring terbuka")
    colleague = as_actor(someone("widyaiswara", "R4"))
    for actor, asked in ((trainer, False), (colleague, True)):
        page = sign_in(actor).get("/angkatan").text
        assert ("Gabung angkatan" in page) is asked
        assert "Daring terbuka" in page


def test_a_pendamping_joins_by_an_open_door_and_lands_in_the_course(app, sign_in):
    door = an_angkatan(open_door=True, name="Daring terbuka")
    actor = as_actor(someone("pendamping", BANJAR))
    page = sign_in(actor)
    assert "Daring terbuka" in page.get("/angkatan").text
    answer = page.post(f"/angkatan/{door.id}/gabung", data={"next": "/belajar/kursus-kecil"})
    assert (answer.status_code, answer.location) == (303, "/belajar/kursus-kecil")
    assert page.post(f"/angkatan/{door.id}/gabung", data={"next": "https://lain.example/"}).location == "/"
    assert "Angkatan yang Anda ikuti" in page.get("/angkatan").text
    assert (
        sign_in(as_actor(someone("pendamping", BANJAR))).post(f"/angkatan/{an_angkatan().id}/gabung").status_code == 404
    )


def test_changes_are_refused_on_a_closed_class_in_words(app, sign_in, trainer):
    here = an_angkatan(trainer=trainer.id)
    card = a_member(here)
    service.close(trainer, here.id)
    page = sign_in(trainer)
    assert "sudah ditutup" in page.get(f"/angkatan/{here.id}").text
    answer = page.post(f"/angkatan/{here.id}/peserta/{card.id}/keluar")
    assert answer.status_code == 409
    assert "sudah ditutup" in answer.text


@pytest.mark.parametrize(
    "url",
    [
        "/angkatan",
        "/angkatan/{id}",
        "/angkatan/{id}/peserta",
        "/angkatan/{id}/ubah",
        "/angkatan/{id}/peserta/berkas",
        "/angkatan/{id}/jadwal",
        "/angkatan/{id}/jadwal/baru",
        "/angkatan/{id}/hadir",
        "/angkatan/{id}/hadir/{meeting}",
        "/angkatan/{id}/hadir/{meeting}/kode",
    ],
)
def test_a_page_of_classes_costs_at_most_five_queries_of_its_own(app, sign_in, count_queries, trainer, url):
    here = an_angkatan(trainer=trainer.id, open_door=True)
    for _ in range(5):
        a_member(here)
    meeting = service.add_session(trainer, here.id, SessionPlan(here.starts, 480, 90, "Materi", 2))
    service.queue(here.id, [someone("pendamping", BANJAR) for _ in range(2)])
    page = sign_in(trainer)
    page.get(f"/angkatan/{here.id}")  # a version is read once and kept ready
    with count_queries() as seen:
        assert page.get(url.format(id=here.id, meeting=meeting)).status_code == 200
    assert len(seen) + WHO_ACTS <= 6, seen


def test_a_long_roster_comes_in_pages(app, sign_in, trainer, monkeypatch):
    monkeypatch.setattr("p2k2lms.plugins.enrolment.service.reading.PAGE", 2)
    here = an_angkatan(trainer=trainer.id)
    for n in range(3):
        a_member(here, someone("pendamping", BANJAR, name=f"Pendamping {n}"))
    page = sign_in(trainer)
    first = page.get(f"/angkatan/{here.id}").text
    assert "Pendamping 1" in first
    assert "Pendamping 2" not in first
    later = re.search(rf'href="(/angkatan/{here.id}\?setelah=\d+)"', first).group(1)
    assert "Pendamping 2" in page.get(later).text


def test_a_list_is_uploaded_looked_at_and_taken_in_without_script(app, sign_in, trainer):
    here = an_angkatan(trainer=trainer.id, seats=1, mode="luring")
    for n in (1, 2):
        someone("pendamping", BANJAR, name=f"Orang {n}", pkh_id=f"pkh{n}")
    page, url = sign_in(trainer), f"/angkatan/{here.id}/peserta/berkas"
    file = (io.BytesIO(b"Nama,ID PKH\nOrang 1,pkh1\nOrang 2,pkh2\nOrang 3,pkh3\n"), "daftar.csv")
    looked = page.post(url, data={"file": file})
    assert looked.status_code == 200
    assert all(word in looked.text for word in ("2 orang siap masuk", "1 ke daftar tunggu", "Tidak dikenal"))
    people = re.findall(r'name="people" value="(\d+)"', looked.text)
    assert page.post(f"{url}/masukkan", data={"people": people}).status_code == 303
    roster = page.get(f"/angkatan/{here.id}").text
    assert "1 orang menunggu tempat" in roster
    assert page.post(url, data={"file": (io.BytesIO(b"\x00"), "x.xlsx")}).status_code == 422
    assert page.post(url, data={}).status_code == 422


def test_the_timetable_is_filled_changed_and_emptied_by_plain_forms(app, sign_in, trainer):
    here = an_angkatan(trainer=trainer.id, mode="luring", starts=date(2026, 12, 7), ends=date(2026, 12, 7))
    page, url = sign_in(trainer), f"/angkatan/{here.id}/jadwal"
    assert page.post(f"{url}/isi").status_code in (200, 303)
    first = re.search(rf"{url}/\d+", page.get(url).text).group(0)
    good = {
        "on_day": "2026-12-07",
        "starts": "19:00",
        "ends": "20:30",
        "modul": "",
        "title": "Malam keakraban",
        "jp": "",
    }
    assert page.post(f"{url}/baru", data=good).status_code == 303
    shown = page.get(url).text
    assert "Malam keakraban" in shown
    assert "19.00-20.30 · 2 JP" in shown
    bad = page.post(first, data={**good, "starts": "20:00", "ends": "19:00"})
    assert (bad.status_code, "Jam selesai harus sesudah" in bad.text) == (422, True)
    assert page.post(f"{url}/baru", data={**good, "on_day": "x", "starts": "y"}).status_code == 422
    assert page.post(f"{first}/hapus").status_code == 303
    modul = next(iter(service.subject_titles(here.version_id)))
    assert page.post(f"{url}/pelatih", data={f"utama.{modul}": trainer.id}).status_code == 303
    assert page.post(f"{url}/pelatih", data={f"utama.{modul}": "999999"}).status_code == 422
    assert page.post(f"{url}/kosongkan").status_code == 303
    assert "Belum ada pertemuan" in page.get(url).text


def test_a_list_is_filled_in_and_closed_without_script(app, sign_in, trainer):
    here = an_angkatan(trainer=trainer.id, mode="luring")
    meeting = service.add_session(trainer, here.id, SessionPlan(here.starts, 480, 90, "Materi", 2))
    people = [a_member(here, someone("pendamping", BANJAR, name=f"Orang {n}")).person_id for n in range(2)]
    page, url = sign_in(trainer), f"/angkatan/{here.id}/hadir/{meeting}"
    assert page.get(f"{url}?isi=hadir").text.count('value="hadir" selected') == 2
    filled = {"people": people, "statuses": ["hadir", "izin"], "lates": ["20", ""]}
    assert page.post(url, data=filled).status_code == 303
    shown = page.get(url).text
    assert "Hadir 1 dari 2" in shown
    assert page.post(url, data={**filled, "statuses": ["hadir"]}).status_code == 422
    refused = page.post(f"{url}/tutup", data={"head_count": "2"})
    assert (refused.status_code, "1 orang lebih banyak" in refused.text) == (422, True)
    assert page.post(f"{url}/tutup", data={"head_count": "1"}).status_code == 303
    assert "1 orang dihitung di ruang" in page.get(url).text
    assert page.post(f"{url}/buka").status_code == 303


def test_a_scan_survives_an_expired_sign_in_and_marks_from_one_button(app, browser, trainer):
    here = an_angkatan(trainer=trainer.id, mode="luring", starts=clock.today())
    meeting = service.add_session(trainer, here.id, SessionPlan(here.starts, 480, 90, "Materi", 2))
    learner = someone("pendamping", BANJAR, pkh_id="uji-pindai", password_hash=hashed("rahasia-uji-2026"))
    a_member(here, learner)
    at = datetime.combine(here.starts, time(8, 10), ZoneInfo("Asia/Makassar"))
    with clock.stopped(at.astimezone(UTC)):
        url = f"/angkatan/hadir/{service.wall_code(trainer, here.id, meeting).code}"
        first = browser.get(url)
        assert (first.status_code, first.location) == (302, f"/masuk?next={url}")
        assert all(
            "HttpOnly" in c and "Path=/angkatan/hadir" in c for c in first.headers.getlist("Set-Cookie") if "p2k2_" in c
        )
        entered = browser.post(
            first.location, data={"username": "uji-pindai", "password": "rahasia-uji-2026", "next": url}
        )
        assert (entered.status_code, entered.location) == (303, url)
        assert "Catat kehadiran saya" in browser.get(url).text
        assert browser.post(url).status_code == 303
        assert "Kehadiran Anda tercatat" in browser.get(url).text
    assert "Kode ini sudah berganti" in browser.get("/angkatan/hadir/9-1-aaaaaaaaaaaaaaaaaaaa").text
    assert browser.post("/angkatan/hadir/9-1-aaaaaaaaaaaaaaaaaaaa").status_code == 422
    own = browser.get(f"/angkatan/{here.id}/saya").text
    assert "Materi" in own
    over = service.add_session(trainer, here.id, SessionPlan(here.starts, 600, 45, "Materi kedua", 1))
    with clock.stopped((at + timedelta(hours=4)).astimezone(UTC)):
        shown = browser.get(f"/angkatan/hadir/{service.wall_code(trainer, here.id, over).code}").text
    assert "Pertemuan ini sudah selesai" in shown
    assert "Catat kehadiran saya" not in shown


def test_the_wall_shows_its_code_while_it_marks_and_leads_to_the_list_afterwards(app, sign_in, trainer):
    here = an_angkatan(trainer=trainer.id, mode="luring", starts=clock.today())
    meeting = service.add_session(trainer, here.id, SessionPlan(here.starts, 480, 90, "Materi", 2))
    page, url = sign_in(trainer), f"/angkatan/{here.id}/hadir/{meeting}"
    said = {}
    for minutes in (89, 90):
        at = datetime.combine(here.starts, time(8), ZoneInfo("Asia/Makassar")) + timedelta(minutes=minutes)
        with clock.stopped(at.astimezone(UTC)):
            shown = page.get(f"{url}/kode").text
        said[minutes] = ("Kode berganti tiap 45 detik" in shown, "Pertemuan sudah selesai." in shown)
    assert said == {89: (True, False), 90: (False, True)}
    service.close_list(trainer, here.id, meeting, 0, "")
    closed = page.get(f"{url}/kode").text
    assert ("Daftar sudah ditutup." in closed, "Kode berganti" in closed, f'href="{url}"' in closed) == (
        True,
        False,
        True,
    )


def test_ones_own_class_shows_the_way_into_the_live_room_once_one_goes_in(app, sign_in, trainer, count_queries):
    here = an_angkatan(trainer=trainer.id)
    plan = SessionPlan(here.starts, 480, 90, "Materi", 2, live_url="https://ruang.contoh.go.id/1")
    meeting = service.add_session(trainer, here.id, plan)
    page = sign_in(as_actor(a_member(here).person_id))
    url = f"/angkatan/{here.id}/saya"
    assert "ruang.contoh" not in page.get(url).text
    assert page.post(f"{url}/{meeting}/masuk").status_code == 303
    with count_queries() as seen:
        assert 'href="https://ruang.contoh.go.id/1"' in page.get(url).text
    assert len(seen) + WHO_ACTS <= 6, seen
    stranger = sign_in(as_actor(someone("pendamping", BANJAR)))
    assert stranger.get(url).status_code == 404
    assert stranger.post(f"{url}/{meeting}/masuk").status_code == 404
