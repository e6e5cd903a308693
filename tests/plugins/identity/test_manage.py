"""What an officer manages: people, postings, supervision, units, settings, audit; with bad input."""

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from p2k2lms.core import notices
from p2k2lms.core.access import Actor
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.core.i18n import lazy
from p2k2lms.core.models import Audit
from p2k2lms.core.settings import Setting
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.models import Person, Posting
from p2k2lms.plugins.identity.service import opening
from p2k2lms.plugins.identity.values import PersonData, PostingData, UnitData
from tests.factories.identity import a_person, a_posting, as_actor, someone, supervised, the_units

TODAY = date(2026, 11, 21)
NEW = {
    "name": "Rina Salmah",
    "phone": "0813 1111 2222",
    "role": "pendamping",
    "unit_code": "62.03",
    "valid_from": "2026-11-21",
}


@pytest.fixture
def kapuas(app):
    """The admin of Kabupaten Kapuas."""
    the_units()
    return as_actor(someone("admin", "62.03", name="Admin Kapuas"))


@pytest.fixture
def officer(kapuas, sign_in):
    return sign_in(kapuas)


def add(officer, **changes):
    return officer.post("/kelola/orang/tambah", data=NEW | changes)


def test_an_admin_adds_a_person_with_a_posting_and_a_first_password(officer, app):
    answer = add(officer, password="perahu ulin 7")
    assert answer.status_code == 303
    page = officer.get(answer.location).text
    assert "Rina Salmah" in page
    assert "+6281311112222" in page
    assert "Pendamping, Kabupaten Kapuas" in page
    client = app.test_client()
    assert client.post("/masuk", data={"username": "081311112222", "password": "perahu ulin 7"}).status_code == 303


def test_all_that_is_wrong_with_a_new_person_is_told_at_once_and_each_word_leads_to_its_field(officer):
    add(officer)  # whose phone is taken from now on
    page = add(officer, valid_from="", unit_code="99.99", email="tanpa-alamat", password="pendek")
    assert page.status_code == 422
    wrong = ("phone", "email", "unit_code", "valid_from", "password")
    box, form = page.text.split('<form class="form"', 1)
    assert re.findall(r'<li><a href="#(\w+)">', box) == list(wrong)
    assert [name for name in wrong if f'id="{name}-salah"' in form] == list(wrong)
    assert form.count("Isi tanggal") == 1
    assert "Isi tanggal mulai." in form


def test_without_a_password_nobody_can_sign_in(officer, app):
    add(officer)
    for password in ("", "!", "None"):
        answer = app.test_client().post("/masuk", data={"username": "081311112222", "password": password})
        assert answer.status_code == 422


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": ""}, "Isi dahulu."),
        ({"name": " \u200b "}, "Isi nama lengkap."),
        ({"name": "x" * 121}, "Paling panjang 120 huruf."),
        ({"name": "x" * 5000}, "Terlalu panjang."),
        ({"phone": "0511 4772216"}, "bukan nomor HP Indonesia"),
        ({"phone": "", "email": "", "pkh_id": ""}, "Isi nomor HP, e-mail, atau nomor SDM PKH"),
        ({"email": "rina@"}, "tidak lengkap"),
        ({"pkh_id": "081349772216"}, "bukan nomor HP."),
        ({"pkh_id": "admin"}, "dipakai untuk contoh"),
        ({"pkh_id": "<b>"}, "3 sampai 40"),
        ({"birth_date": "31-02-1990"}, "Tanggal ini tidak terbaca."),
        ({"birth_date": "2999-01-01"}, "Tanggal ini tidak mungkin."),
        ({"birth_date": "0001-01-01"}, "Tanggal ini tidak mungkin."),
        ({"valid_from": ""}, "Isi tanggal mulai."),
        ({"valid_from": "1999-01-01"}, "antara 2007"),
        ({"valid_from": "2099-01-01"}, "antara 2007"),
        ({"role": "presiden"}, "Pilih satu peran."),
        ({"role": ""}, "Pilih satu peran."),
        ({"unit_code": "62.04"}, "tidak ada di wilayah Anda"),
        ({"unit_code": "ID"}, "tidak ada di wilayah Anda"),
        ({"unit_code": "' OR 1=1"}, "tidak ada di wilayah Anda"),
        ({"sex": "X"}, "Pilih laki-laki atau perempuan."),
        ({"password": "pendek"}, "paling sedikit 8"),
        ({"nip": "1" * 31}, "Paling panjang 30 huruf."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(officer, changes, says):
    before = db.session.scalar(select(func.count()).select_from(Person))
    answer = add(officer, **changes)
    assert answer.status_code == 422
    assert says in answer.text
    assert 'value="Rina Salmah"' in answer.text or "name" in changes
    assert "Traceback" not in answer.text
    assert db.session.scalar(select(func.count()).select_from(Person)) == before


def test_a_phone_number_belongs_to_one_person(officer):
    add(officer)
    answer = add(officer, name="Orang Lain", phone="+62 813-1111-2222")
    assert answer.status_code == 422
    assert "Nomor HP ini sudah dipakai orang lain." in answer.text


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 9191*9191 }}", "R'); DROP TABLE", "\u202eolaH"],
)
def test_hostile_names_are_shown_as_text(officer, hostile):
    page = officer.get(add(officer, name=hostile).location).text
    assert "<img src=x" not in page
    assert "<script>alert" not in page
    assert "84474481" not in page
    assert "\u202e" not in page


def test_changing_a_person_keeps_what_is_not_on_the_form(officer, kapuas):
    person_id = someone("pendamping", "62.03", name="Lama", password_hash="$kept")
    page = officer.get(f"/kelola/orang/{person_id}/ubah").text
    assert 'value="Lama"' in page
    told = {"name": "Baru", "phone": "081355556666", "nip": "198001012005012001"}
    assert officer.post(f"/kelola/orang/{person_id}/ubah", data=told).status_code == 303
    row = db.session.get(Person, person_id, populate_existing=True)
    assert (row.name, row.phone, row.nip, row.password_hash) == (
        "Baru",
        "+6281355556666",
        "198001012005012001",
        "$kept",
    )


def test_nobody_changes_whoever_also_stands_above(officer):
    person_id = someone("pendamping", "62.03")
    a_posting(person_id, "admin", "62")
    assert officer.get(f"/kelola/orang/{person_id}").status_code == 200
    assert (
        officer.post(f"/kelola/orang/{person_id}/ubah", data={"name": "Xx", "phone": "081355556666"}).status_code == 409
    )
    assert officer.post(f"/kelola/orang/{person_id}/tutup").status_code == 409


def test_a_closed_account_is_put_out_and_can_be_opened_again(officer, kapuas):
    person_id = someone("pendamping", "62.03")
    assert officer.post(f"/kelola/orang/{person_id}/tutup").status_code == 303
    assert service.person(person_id).status == "closed"
    assert "akun ditutup" in officer.get("/kelola/orang").text
    officer.post(f"/kelola/orang/{person_id}/buka")
    assert service.person(person_id).status == "active"
    assert officer.post(f"/kelola/orang/{kapuas.id}/tutup").status_code == 409


def test_an_admin_ends_every_session_of_own_people_who_are_told_and_keep_the_password(officer, kapuas, app):
    person_id = someone("pendamping", "62.03", password_hash="$kept")
    phone = service.come_in(person_id, service.Door("d" * 32, "Chrome, Android", "10.0.0.1", "rahasia"))
    assert service.actor_of(phone.token) is not None
    assert "Keluarkan semua perangkat" in officer.get(f"/kelola/orang/{person_id}").text
    assert officer.post(f"/kelola/orang/{person_id}/keluarkan").status_code == 303
    assert service.actor_of(phone.token) is None
    assert db.session.get(Person, person_id).password_hash == "$kept"
    [told] = notices.of_person(person_id)
    assert told.text == f"Semua perangkat Anda dikeluarkan oleh {kapuas.name}. Kata sandi Anda tetap."
    assert db.session.scalars(select(Audit.use_case).order_by(Audit.id.desc())).first() == "identity.end_sessions"


def test_nobody_ends_the_sessions_of_who_stands_above_elsewhere_or_of_oneself(officer, kapuas):
    above, beside = someone("pendamping", "62.03"), someone("pendamping", "62.04")
    a_posting(above, "admin", "62")
    answers = [officer.post(f"/kelola/orang/{one}/keluarkan").status_code for one in (above, beside, kapuas.id)]
    assert answers == [409, 404, 409]


def test_the_list_shows_own_people_by_name_in_pages_and_finds_by_words(officer, kapuas):
    ids = [someone("pendamping", "62.03", name=f"Pendamping {n:03d}") for n in range(60)]
    someone("pendamping", "62.04", name="Pendamping Tetangga")
    first = officer.get("/kelola/orang").text
    assert "Tetangga" not in first
    assert "Pendamping 048" in first
    assert "Pendamping 049" not in first
    later = re.search(r'rel="next" href="([^"]+)"', first).group(1).replace("&amp;", "&")
    assert "Pendamping 049" in officer.get(later).text
    assert "Pendamping 048" not in officer.get(later).text
    melati = someone("pendamping", "62.03", name="Melati Kamboja")
    found = officer.get("/kelola/orang?q=kamboja melati").text
    assert f'"/kelola/orang/{melati}"' in found
    assert f'"/kelola/orang/{ids[8]}"' not in found
    assert "Tidak ada yang cocok" in officer.get("/kelola/orang?q=%25_").text
    assert officer.get("/kelola/orang?q=" + "x" * 5000 + "&id=-1&sesudah=%00").status_code == 200


def test_who_left_is_still_seen_by_the_last_place_until_posted_elsewhere(officer, kapuas):
    person_id = a_person(name="Pindahan")
    a_posting(person_id, "pendamping", "62.03", valid_to=date(2026, 1, 1))
    assert "Pindahan" in officer.get("/kelola/orang").text
    a_posting(person_id, "pendamping", "62.04", valid_from=date(2026, 1, 1))
    assert "Pindahan" not in officer.get("/kelola/orang").text
    assert officer.get(f"/kelola/orang/{person_id}").status_code == 404


def test_a_posting_is_added_once_and_ended_with_a_reason(officer):
    person_id = someone("pendamping", "62.03")
    url = f"/kelola/orang/{person_id}/penugasan"
    new = {"role": "supervisor", "unit_code": "62.03", "valid_from": "2026-12-01"}
    assert officer.post(url, data=new).status_code == 303
    again = officer.post(url, data=new)
    assert (again.status_code, "sudah ada pada hari itu" in again.text) == (422, True)
    late = officer.post(url, data=new | {"valid_from": "kapan"}).text
    assert re.search(r'role="alert".*<a href="#penugasan-mulai">', late)
    assert 'for="penugasan-mulai"' in late
    assert 'id="penugasan-mulai"' in late
    posting_id = db.session.scalar(
        select(Posting.id).where(Posting.person_id == person_id, Posting.role == "pendamping")
    )
    end = f"{url}/{posting_id}/akhiri"
    wrong = officer.post(end, data={"valid_to": "2019-01-01", "end_reason": "salah ketik"})
    assert wrong.status_code == 422
    assert re.search(rf'role="alert".*<a href="#akhir-{posting_id}">', wrong.text)
    assert wrong.text.count("salah ketik") == 1  # in the row of this posting, not in the others
    assert re.search(rf'<details open>.*for="akhir-{posting_id}".*id="akhir-{posting_id}"', wrong.text, re.DOTALL)
    assert officer.post(end, data={"valid_to": "2026-12-01", "end_reason": "pindah tugas"}).status_code == 303
    assert "pindah tugas" in officer.get(f"/kelola/orang/{person_id}").text
    assert officer.post(end, data={"valid_to": "2026-12-02"}).status_code == 409


def test_nobody_ends_the_own_admin_posting(officer, kapuas):
    posting_id = db.session.scalar(select(Posting.id).where(Posting.person_id == kapuas.id))
    answer = officer.post(f"/kelola/orang/{kapuas.id}/penugasan/{posting_id}/akhiri", data={"valid_to": "2026-12-01"})
    assert answer.status_code == 409


def test_a_new_supervisor_ends_the_one_before_on_the_same_day(both):
    the_units()
    admin = as_actor(someone("admin", "62.03"))
    pendamping, old, new = (someone(role, "62.03") for role in ("pendamping", "supervisor", "supervisor"))
    supervised(old, pendamping)
    service.assign_supervisor(admin, pendamping, new, TODAY)
    assert service.supervisor_of(pendamping, date(2026, 11, 20)) == old
    assert service.supervisor_of(pendamping, TODAY) == new
    with pytest.raises(Invalid):
        service.assign_supervisor(admin, pendamping, old, TODAY)
    with pytest.raises(Invalid):
        service.assign_supervisor(admin, pendamping, someone("supervisor", "62.04"), date(2026, 12, 1))
    with pytest.raises(Invalid):
        service.assign_supervisor(admin, old, new, date(2026, 12, 1))


def test_supervision_is_chosen_and_ended_on_the_page_of_the_pendamping(officer):
    pendamping, supervisor = someone("pendamping", "62.03"), someone("supervisor", "62.03", name="Bu Supervisor")
    url = f"/kelola/orang/{pendamping}/supervisor"
    assert officer.post(url, data={"supervisor_id": "0", "valid_from": "2026-11-01"}).status_code == 422
    assert officer.post(url, data={"supervisor_id": "x", "valid_from": "kapan"}).status_code == 422
    assert officer.post(url, data={"supervisor_id": str(supervisor), "valid_from": "2026-11-01"}).status_code == 303
    page = officer.get(f"/kelola/orang/{pendamping}").text
    end = re.search(r'action="(/kelola/orang/\d+/supervisor/\d+/akhiri)"', page).group(1)
    assert officer.post(end, data={"valid_to": "2026-11-20"}).status_code == 303
    assert service.supervisor_of(pendamping, TODAY) is None


def test_use_cases_refuse_by_themselves_whatever_the_page(both):
    the_units()
    admin, stranger = as_actor(someone("admin", "62.03")), as_actor(someone("koordinator", "62.03"))
    elsewhere = someone("pendamping", "62.04")
    data, first = PersonData("Rina Salmah", phone="081311112222"), PostingData("pendamping", "62.03", TODAY)
    with pytest.raises(NotAllowed):
        service.add_person(stranger, data, first)
    with pytest.raises(NotFound):
        service.change_person(admin, elsewhere, data)
    with pytest.raises(NotFound):
        service.post_person(admin, elsewhere, first)
    with pytest.raises(NotFound):
        service.assign_supervisor(admin, elsewhere, admin.id, TODAY)
    with pytest.raises(Conflict):
        service.close_account(admin, admin.id)
    with pytest.raises(NotFound):
        service.unit_for_officer(admin, service.unit_by_code("62.04").id)
    with pytest.raises(Invalid):
        service.add_unit(admin, UnitData("62.04.01", "Dusun Selatan"))
    made = service.add_person(admin, data, first)
    with pytest.raises(Invalid):
        service.add_person(admin, data, first)
    assert service.home_unit(made, TODAY).kemendagri_code == "62.03"


def test_the_tree_is_walked_and_added_to(officer, kapuas):
    kapuas_id = service.unit_by_code("62.03").id
    page = officer.get(f"/kelola/wilayah/{kapuas_id}").text
    assert "Selat" in page
    assert "6203" in page
    url = f"/kelola/wilayah/{kapuas_id}/tambah"
    answer = officer.post(url, data={"kemendagri_code": "62.03.02", "name": "Kapuas Hilir", "parent_code": "62.03"})
    assert answer.status_code == 303
    added = service.unit_by_code("62.03.02")
    assert (added.path, added.zone, added.level) == ("/ID/R4/62/62.03/62.03.02/", "Asia/Pontianak", "kecamatan")
    assert officer.get(answer.location).status_code == 200


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"kemendagri_code": "62.03.01"}, "sudah ada"),
        ({"kemendagri_code": "6203.02"}, "Bentuk kode"),
        ({"kemendagri_code": "63.03.02", "parent_code": ""}, "Wilayah di atasnya"),
        ({"kemendagri_code": "62.03.02", "parent_code": "62"}, "Wilayah di atasnya"),
        ({"kemendagri_code": "62.03.02", "name": "x"}, "2 sampai 120"),
        ({"kemendagri_code": "62.03.02", "bps_code": "6203"}, "Kode BPS"),
        ({"kemendagri_code": "62.03.02", "zone": "Mars/Olympus"}, "Zona waktu"),
    ],
)
def test_a_unit_that_cannot_be_is_refused_beside_its_field(officer, changes, says):
    url = f"/kelola/wilayah/{service.unit_by_code('62.03').id}/tambah"
    answer = officer.post(url, data={"name": "Kapuas Hilir", "parent_code": "62.03"} | changes)
    assert answer.status_code == 422
    assert says in answer.text


@pytest.fixture
def some_settings(app, monkeypatch):
    declared = (
        Setting("uji.batas", "70", lazy("Batas lulus"), "number"),
        Setting("uji.nama", "", lazy("Nama")),
        Setting("uji.buka", "ya", lazy("Dibuka sendiri"), "yes/no"),
    )
    monkeypatch.setitem(app.extensions, "settings", {setting.key: setting for setting in declared})


def test_a_unit_chooses_settings_and_those_below_inherit(officer, some_settings):
    kapuas, selat = service.unit_by_code("62.03"), service.unit_by_code("62.03.01")
    url = f"/kelola/wilayah/{kapuas.id}/pengaturan"
    assert officer.post(url, data={"uji.batas": "75", "uji.nama": "<b>"}).status_code == 303
    assert 'value="75"' in officer.get(url).text
    assert "Berlaku sekarang: 75" in officer.get(f"/kelola/wilayah/{selat.id}/pengaturan").text
    wrong = officer.post(url, data={"uji.batas": "tujuh"})
    assert (wrong.status_code, 'value="tujuh"' in wrong.text) == (422, True)
    assert re.search(r'role="alert".*<a href="#uji.batas">', wrong.text)
    assert 'id="uji.batas"' in wrong.text
    officer.post(url, data={"uji.batas": ""})
    assert "Berlaku sekarang: 70" in officer.get(url).text


def test_a_yes_or_no_is_chosen_from_a_list_and_any_other_word_is_refused(officer, some_settings):
    url = f"/kelola/wilayah/{service.unit_by_code('62.03').id}/pengaturan"
    assert re.findall(r'<option value="(\w*)"', officer.get(url).text) == ["", "ya", "tidak"]
    assert officer.post(url, data={"uji.buka": "tidak"}).status_code == 303
    refused = officer.post(url, data={"uji.buka": "mungkin"})
    assert (refused.status_code, "Pilih ya atau tidak." in refused.text) == (422, True)
    assert '<option value="tidak" selected>' in officer.get(url).text


def test_an_officer_finds_the_own_work_on_home_and_nobody_else_does(officer, sign_in):
    assert 'href="/kelola"' in officer.get("/").text
    assert 'href="/kelola"' not in sign_in(as_actor(someone("koordinator", "62.03"))).get("/").text


def test_the_audit_shows_what_officers_of_own_units_did(officer, kapuas, sign_in):
    add(officer)
    neighbour = as_actor(someone("admin", "62.04", name="Admin Tetangga"))
    add(sign_in(neighbour), phone="081311113333", unit_code="62.04")
    page = officer.get("/kelola/audit").text
    assert "Orang ditambahkan" in page
    assert "Admin Kapuas" in page
    assert "Admin Tetangga" not in page
    assert "Rina" not in page
    whole = sign_in(as_actor(someone("admin", "ID"))).get("/kelola/audit").text
    assert "Admin Tetangga" in whole


def test_the_audit_shows_acts_of_officers_first_and_what_was_sent_when_asked(officer, kapuas):
    add(officer)
    sender = as_actor(someone("pendamping", "62.03", name="Pengirim Kapuas"))
    with unit_of_work("intake.assessment.answer", sender, "attempt:1"):
        pass
    first, sent = officer.get("/kelola/audit").text, officer.get("/kelola/audit?siapa=lapangan").text
    assert ("Orang ditambahkan" in first, "Jawaban tes" in first) == (True, False)
    assert ("Orang ditambahkan" in sent, "Jawaban tes" in sent) == (False, True)
    whole = officer.get("/kelola/audit?siapa=semua").text
    assert "Orang ditambahkan" in whole
    assert "Jawaban tes" in whole
    tests = officer.get("/kelola/audit?siapa=semua&bagian=assessment").text
    assert ("Pengirim Kapuas" in tests, "Admin Kapuas" in tests) == (True, False)
    assert "Pengirim Kapuas" in officer.get("/kelola/audit?siapa=semua&nama=kapuas+pengirim").text
    for nothing in ("nama=Siapa+Pun", "sampai=2020-01-01", "dari=2090-01-01", "bagian=enrolment"):
        assert "Tidak ada catatan yang cocok" in officer.get(f"/kelola/audit?{nothing}").text, nothing
    for senseless in ("dari=kapan", "sampai=9999-12-31", "dari=0001-01-01", "bagian=%25", "siapa=x", "sebelum=x"):
        assert "Orang ditambahkan" in officer.get(f"/kelola/audit?{senseless}").text, senseless


def test_the_next_page_of_the_audit_asks_for_the_same(officer, kapuas):
    for n in range(51):
        with unit_of_work("test.act", kapuas, f"x:{n}"):
            pass
    page = officer.get("/kelola/audit?siapa=semua&nama=Admin+Kapuas").text
    later = re.search(r'rel="next" href="([^"]+)"', page).group(1).replace("&amp;", "&")
    assert "siapa=semua&nama=Admin+Kapuas&sebelum=" in later
    assert "x:50" in page
    assert "x:0" in officer.get(later).text


@pytest.mark.parametrize(
    "path",
    [
        *("/kelola", "/kelola/orang", "/kelola/audit", "/kelola/wilayah/{unit}", "/kelola/orang/{person}"),
        "/kelola/audit?siapa=semua&bagian=identity&nama=a&dari=2026-01-01&sampai=2026-12-31",
    ],
)
def test_every_page_costs_at_most_six_questions(app, count_queries, path):
    the_units()
    admin_id = someone("admin", "62.03", phone="+6281300009999")
    pendamping, supervisor = someone("pendamping", "62.03"), someone("supervisor", "62.03")
    supervised(supervisor, pendamping)
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = _open(admin_id)
    with count_queries() as seen:
        url = path.format(unit=service.unit_by_code("62.03").id, person=pendamping)
        seen.clear()
        assert client.get(url).status_code == 200
    assert len([s for s in seen if s.startswith("SELECT")]) <= 6


def _open(person_id):
    return opening._open(person_id, service.Door("d" * 32, "Uji", "10.0.0.1", "x"), opening.Way(second=True)).token


def test_an_actor_without_any_unit_sees_nobody(app, sign_in):
    the_units()
    person_id = someone("pendamping", "62.03")
    odd = Actor(person_id + 1, "X", ())
    assert sign_in(odd).get("/kelola/orang").status_code == 403
