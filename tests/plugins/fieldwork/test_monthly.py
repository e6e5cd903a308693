"""The monthly report: composed from facts, signed, printed, and acknowledged by two recipients."""

import io
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pypdf
import pytest
from flask import g
from flask.testing import FlaskClient

from p2k2lms.core import clock, sheets
from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.core.i18n import long_date
from p2k2lms.core.notices import of_person
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.queries import monthly as read
from p2k2lms.plugins.fieldwork.rules import months
from p2k2lms.plugins.fieldwork.values.monthly import Body, from_json, to_json
from tests.conftest import WHO_ACTS, an_actor
from tests.factories.enrolment import BANJAR, KAPUAS, on_a_course
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, changes, group_now, sends
from tests.factories.identity import a_posting, as_actor, someone, supervised

TODAY = clock.today()
CODE = f"{TODAY:%Y-%m}"
MOST_QUERIES = 6


def a_month():
    """A pendamping with one group that met, one that did not, and one that is silent."""

    def build() -> tuple[int, int]:
        actor = as_actor(a_pendamping())
        met, not_met, silent = (a_group(actor.id, members=n) for n in (20, 18, 16))
        sends(actor, "meeting", a_meeting([met.id], obstacle="alat", steps="yyw"))
        sends(actor, "no_meeting", {"group": not_met.id, "month": CODE, "reason": "panen"})
        sends(actor, "roster", changes(silent.id, change="graduasi_mandiri", count=2))
        return actor.id or 0, met.id

    person_id, group_id = on_a_course("a month", build)
    return as_actor(person_id), group_now(group_id)


def test_a_month_is_composed_from_what_was_reported(both):
    actor, met = a_month()
    page = service.monthly_page(actor, actor.id, TODAY)
    body = page.body
    assert (len(body.groups), body.met, body.silent, body.members) == (3, 1, 1, 52)
    assert (body.present, body.due, body.exits) == (12, 20, {"graduasi_mandiri": 2})
    told = next(g for g in body.groups if g.name == met.name).meetings[0]
    assert (told.day, told.done, told.steps, told.obstacle) == (TODAY, 2, 3, "alat")
    assert from_json(to_json(body)) == body
    assert page.acks is None


def test_a_month_is_signed_and_acknowledged_by_both_recipients(both):
    actor, _met = a_month()
    korkab, dinsos = as_actor(someone("koordinator", KAPUAS)), as_actor(someone("dinsos", KAPUAS))
    assert service.waiting(korkab, TODAY).reports == 0
    service.sign(actor, TODAY)
    assert [service.waiting(a, TODAY).reports for a in (korkab, dinsos, as_actor(someone("dinsos", BANJAR)))] == [
        1,
        1,
        0,
    ]
    assert service.acknowledge(korkab, TODAY, [actor.id]) == 1
    assert service.acknowledge(korkab, TODAY, [actor.id]) == 0
    acks = service.monthly_page(actor, actor.id, TODAY).acks
    assert (acks.korkab is not None, acks.dinsos) == (True, None)
    assert service.acknowledge(dinsos, TODAY, [actor.id, 999_999]) == 1
    assert service.monthly_page(dinsos, actor.id, TODAY).acks.dinsos is not None
    assert sum("diterima oleh" in notice.text for notice in of_person(actor.id)) == 2


@pytest.mark.parametrize(
    ("writer", "reader", "told"),
    [
        ("en", "id", ["Disetujui", "Hadir: Ada pertanyaan. Benar 12 orang?", "diterima oleh koordinator."]),
        ("id", "en", ["Approved", "Present: There is a question. Benar 12 orang?", "was received by the coordinator."]),
    ],
)
def test_what_an_office_says_of_a_month_is_read_in_the_language_of_its_reader(both, writer, reader, told):
    actor, met = a_month()
    meeting_id = sends(actor, "meeting", a_meeting([met.id])).id
    supervisor, korkab = as_actor(someone("supervisor", KAPUAS)), as_actor(someone("koordinator", KAPUAS))
    supervised(supervisor.id, actor.id)
    service.sign(actor, TODAY)
    with both.test_request_context():
        g.language = writer
        service.acknowledge(korkab, TODAY, [actor.id])
        service.remark(supervisor, uuid.UUID(meeting_id), "present", "ditanya", "Benar 12 orang?")
        service.say(supervisor, actor.id, TODAY, "disetujui", "")
    with both.test_request_context():
        g.language = reader
        lines = [line.text for line in of_person(actor.id)]
    assert [said in line for said, line in zip(told, lines, strict=True)] == [True] * 3, lines


def test_each_approves_a_month_in_the_way_of_their_office(both):
    actor, _met = a_month()
    service.sign(actor, TODAY)
    elsewhere = someone("koordinator", BANJAR)
    a_posting(elsewhere, "admin", KAPUAS)
    assert service.waiting(as_actor(elsewhere), TODAY).reports == 0
    assert service.acknowledge(as_actor(elsewhere), TODAY, [actor.id]) == 0
    dinsos, admin, boss = (as_actor(someone(role, KAPUAS)) for role in ("dinsos", "admin", "supervisor"))
    for wrong in (dinsos, admin):
        with pytest.raises(NotAllowed):
            service.say(wrong, actor.id, TODAY, "disetujui", "")
    with pytest.raises(NotFound):
        service.say(boss, actor.id, TODAY, "disetujui", "")
    for wrong in (boss, admin):
        with pytest.raises(NotAllowed):
            service.acknowledge(wrong, TODAY, [actor.id])


def test_who_leads_in_one_kabupaten_and_receives_in_another_has_no_word_there(app, sign_in):
    actor, _met = a_month()
    both_offices = someone("supervisor", BANJAR)
    a_posting(both_offices, "dinsos", KAPUAS)
    with pytest.raises(NotFound):
        service.say(as_actor(both_offices), actor.id, TODAY, "disetujui", "")
    answer = sign_in(as_actor(both_offices)).post(f"/lapangan/bulan/{actor.id}", data={"verdict": "disetujui"})
    assert answer.status_code == 404
    service.say(as_actor(someone("koordinator", KAPUAS)), actor.id, TODAY, "disetujui", "")


def test_who_is_koordinator_here_and_dinas_there_receives_each_report_in_its_own_office(both):
    here, there = as_actor(a_pendamping()), as_actor(a_pendamping(BANJAR))
    for one in (here, there):
        a_group(one.id)
        service.sign(one, TODAY)
    office = someone("koordinator", KAPUAS)
    a_posting(office, "dinsos", BANJAR)
    actor, dinsos = as_actor(office), as_actor(someone("dinsos", KAPUAS))
    offices = [service.monthly_page(actor, one.id, TODAY).may_acknowledge for one in (here, there)]
    assert (offices, service.waiting(actor, TODAY).reports) == (["korkab", "dinsos"], 2)
    assert service.acknowledge(as_actor(someone("koordinator", BANJAR)), TODAY, [there.id]) == 1
    assert (len(service.inbox(actor, TODAY).waiting), service.waiting(actor, TODAY).reports) == (2, 2)
    assert service.acknowledge(actor, TODAY, [here.id, there.id]) == 2
    received = [service.monthly_page(one, one.id, TODAY).acks for one in (here, there)]
    assert [(a.korkab is not None, a.dinsos is not None) for a in received] == [(True, False), (True, True)]
    assert (service.inbox(actor, TODAY).waiting, service.waiting(actor, TODAY).reports) == ([], 0)
    assert service.waiting(dinsos, TODAY).reports == 1
    assert ["koordinator" in notice.text for notice in of_person(there.id)] == [False, True]


def test_who_holds_both_offices_in_one_place_receives_as_koordinator_and_only_admins_have_no_button(both):
    actor, _met = a_month()
    service.sign(actor, TODAY)
    office, elsewhere = someone("koordinator", KAPUAS), someone("koordinator", BANJAR)
    a_posting(office, "dinsos", "62")
    a_posting(elsewhere, "admin", KAPUAS)
    assert service.monthly_page(as_actor(elsewhere), actor.id, TODAY).may_acknowledge == ""
    assert service.waiting(as_actor(office), TODAY).reports == 1
    assert service.acknowledge(as_actor(office), TODAY, [actor.id]) == 1
    acks = service.monthly_page(actor, actor.id, TODAY).acks
    assert (acks.korkab is not None, acks.dinsos, service.waiting(as_actor(office), TODAY).reports) == (True, None, 0)


def test_what_changes_after_signing_is_shown_and_a_new_signature_asks_again(both):
    actor, met = a_month()
    korkab = as_actor(someone("koordinator", KAPUAS))
    service.sign(actor, TODAY)
    service.acknowledge(korkab, TODAY, [actor.id])
    service.sign(actor, TODAY)
    assert service.waiting(korkab, TODAY).reports == 0
    assert sends(actor, "meeting", a_meeting([met.id], steps="ppp", women=[15])).status == "accepted"
    assert not service.monthly_page(actor, actor.id, TODAY).changed
    sends(actor, "roster", changes(met.id, count=3))
    changed = service.monthly_page(actor, actor.id, TODAY)
    assert changed.changed
    assert service.monthly_page(korkab, actor.id, TODAY).body.members == 52
    service.sign(actor, TODAY)
    assert not service.monthly_page(actor, actor.id, TODAY).changed
    assert service.waiting(korkab, TODAY).reports == 1


def test_a_month_counts_the_groups_that_are_held_where_they_lie(both):
    """23.30 on the eve where the group lies; in Central Indonesian Time the day of the hand-over has begun."""
    old, new, officer = a_pendamping(), a_pendamping(), as_actor(someone("koordinator", KAPUAS))
    west, east = (a_group(old, zone=zone) for zone in ("Asia/Pontianak", "Asia/Jayapura"))
    day = TODAY + timedelta(days=2)
    for group in (west, east):
        service.hand_over(officer, group.id, new, day)
    eve = datetime(day.year, day.month, day.day, 16, 30, tzinfo=UTC) - timedelta(days=1)
    sends(as_actor(old), "meeting", a_meeting([west.id]))
    with clock.stopped(eve):
        bodies = [service.monthly_page(as_actor(who), who, TODAY).body for who in (old, new)]
        assert [[group.name for group in body.groups] for body in bodies] == [[west.name], [east.name]]
    with clock.stopped(eve + timedelta(minutes=30)):
        bodies = [service.monthly_page(as_actor(who), who, TODAY).body for who in (old, new)]
        assert [len(body.groups) for body in bodies] == [0, 2]


def test_a_month_is_signed_from_its_first_midnight_where_the_pendamping_works(both):
    actor, _met = a_month()
    first = (TODAY.replace(day=1) + timedelta(days=40)).replace(day=1)
    midnight = datetime(first.year, first.month, 1, 17, tzinfo=UTC) - timedelta(days=1)  # in Kapuas, UTC+7
    with clock.stopped(midnight - timedelta(minutes=1)), pytest.raises(Invalid, match="belum tiba"):
        service.sign(actor, first)
    with clock.stopped(midnight):
        service.sign(actor, first)
        assert service.monthly_page(actor, actor.id, first).acks is not None


BEFORE = months.earlier(months.month_of(TODAY)).first
MET = "Keluarganya bertemu {day}, sebelum kelompok dibagi"


@pytest.mark.parametrize(
    ("met_on", "divided_on", "silent", "owing", "said"),
    [
        (3, 10, 0, 1, MET),  # the families have met, in the whole group
        (None, 10, 2, 2, "Belum ada laporan"),
        (12, 10, 1, 2, "Belum ada laporan"),  # only those who stayed have met
        (None, 25, 1, 1, "Baru mulai, bulan ini belum wajib bertemu"),
    ],
)
def test_a_group_that_was_divided_off_owes_what_its_families_have_not_had(
    both, met_on, divided_on, silent, owing, said
):
    actor = as_actor(a_pendamping())
    large = a_group(actor.id, members=46)
    if met_on:
        sends(actor, "meeting", a_meeting([large.id], on_day=BEFORE.replace(day=met_on).isoformat()))
    service.split(actor, large.id, service.Part("Bagian", 20, BEFORE.replace(day=divided_on)))
    body = service.monthly_page(actor, actor.id, BEFORE).body
    assert (body.silent, body.owing, body.met) == (silent, owing, int(bool(met_on)))
    part = next(group for group in body.groups if group.name == "Bagian")
    assert (part.without, part.meetings) == (said.format(day=long_date(BEFORE.replace(day=3))), ())
    assert from_json(to_json(body)) == body


def test_what_a_divided_group_does_itself_is_told_as_of_any_other(both):
    actor = as_actor(a_pendamping())
    large = a_group(actor.id, members=46)
    made = service.split(actor, large.id, service.Part("Bagian", 20, BEFORE.replace(day=25)))
    sends(actor, "meeting", a_meeting([made], on_day=BEFORE.replace(day=26).isoformat()))
    body = service.monthly_page(actor, actor.id, BEFORE).body
    assert (body.met, body.owing, body.silent) == (1, 2, 1)


def as_before(person_id, day):
    """Signed, and kept as it was before a report said what is owed."""
    service.sign(as_actor(person_id), day)
    with unit_of_work("test.older"):
        row = read.report_row(person_id, day.replace(day=1))
        kept = [{n: v for n, v in group.items() if n not in ("owes", "before")} for group in row.body["groups"]]
        row.body = row.body | {"groups": kept}


def test_a_report_that_was_signed_before_it_said_what_is_owed_has_not_changed(both):
    actor, _met = a_month()
    as_before(actor.id, TODAY)
    signed = service.monthly_page(actor, actor.id, TODAY).acks.signed
    assert not service.monthly_page(actor, actor.id, TODAY).changed
    service.sign(actor, TODAY)
    assert service.monthly_page(actor, actor.id, TODAY).acks.signed == signed


@pytest.mark.parametrize("met_on", [3, None])
def test_nor_has_one_with_a_group_that_was_divided_off_or_began_late(both, met_on):
    actor = as_actor(a_pendamping())
    large = a_group(actor.id, members=46)
    if met_on:
        sends(actor, "meeting", a_meeting([large.id], on_day=BEFORE.replace(day=met_on).isoformat()))
    made = service.split(actor, large.id, service.Part("Bagian", 20, BEFORE.replace(day=25)))
    as_before(actor.id, BEFORE)
    assert not service.monthly_page(actor, actor.id, BEFORE).changed
    sends(actor, "meeting", a_meeting([made], on_day=BEFORE.replace(day=26).isoformat()))
    assert service.monthly_page(actor, actor.id, BEFORE).changed


def test_a_month_that_has_not_come_or_without_groups_is_not_signed(app):
    actor, _met = a_month()
    with pytest.raises(Invalid, match="belum tiba"):
        service.sign(actor, (TODAY.replace(day=1) + timedelta(days=40)))
    with pytest.raises(Invalid, match="Belum ada kelompok"):
        service.sign(as_actor(a_pendamping()), TODAY)
    with pytest.raises(NotAllowed):
        service.sign(as_actor(someone("dinsos", KAPUAS)), TODAY)


def test_a_report_is_seen_by_its_owner_the_supervisor_and_the_recipients_alone(app):
    actor, _met = a_month()
    supervisor = someone("supervisor", KAPUAS)
    supervised(supervisor, actor.id)
    with pytest.raises(NotFound):
        service.monthly_page(as_actor(supervisor), actor.id, TODAY)
    service.sign(actor, TODAY)
    assert service.monthly_page(as_actor(supervisor), actor.id, TODAY).name == actor.name
    for stranger in (a_pendamping(), someone("dinsos", BANJAR), someone("supervisor", KAPUAS)):
        with pytest.raises(NotFound):
            service.monthly_page(as_actor(stranger), actor.id, TODAY)


def test_more_people_than_were_due_are_set_aside_in_the_sums():
    odd = {"day": date(2026, 11, 3), "sesi": "1", "due": 9, "women": 30, "men": 0, "children": 0, "homework": 0}
    told = {"groups": [{"name": "A", "desa": "B", "members": 9, "reason": "", "meetings": [odd]}], "exits": {}}
    told["groups"][0]["meetings"] = [
        odd | {"day": "2026-11-03", "done": 1, "steps": 3, "minutes": None, "obstacle": ""}
    ]
    body = from_json(told)
    assert isinstance(body, Body)
    assert (body.met, body.present, body.due) == (1, 0, 0)


def test_the_pages_and_files_by_role(app, browser, sign_in, count_queries):
    actor, _met = a_month()
    own, url = sign_in(actor), f"/lapangan/laporan/{actor.id}/{CODE}"
    with count_queries() as asked:
        assert "Tanda tangani" in own.get(url).text
    assert len(asked) + WHO_ACTS <= MOST_QUERIES, asked
    assert own.post(url).status_code == 303
    paper = own.get(f"{url}.pdf")
    text = pypdf.PdfReader(io.BytesIO(paper.data)).pages[0].extract_text()
    assert paper.mimetype == "application/pdf"
    assert actor.name in text
    head, *lines = sheets.read(own.get(f"{url}.xlsx").data)
    assert (head[0], {line[0] for line in lines}, len(lines)) == ("Pendamping", {actor.name}, 3)
    korkab = sign_in(as_actor(someone("koordinator", KAPUAS)))
    with count_queries() as asked:
        assert actor.name in korkab.get(f"/lapangan/wilayah?bulan={CODE}").text
    assert len(asked) + WHO_ACTS <= MOST_QUERIES, asked
    assert korkab.get(f"/lapangan/wilayah.xlsx?bulan={CODE}").status_code == 200
    assert korkab.post("/lapangan/wilayah", data={"bulan": CODE, "person": [actor.id, "x"]}).status_code == 303
    assert "sudah Anda terima" in korkab.get(f"/lapangan/wilayah?bulan={CODE}").text
    for role, wanted in {"dinsos": (200, 200), "supervisor": (404, 403), "widyaiswara": (404, 403)}.items():
        page = sign_in(as_actor(someone(role, KAPUAS)))
        assert (page.get(url).status_code, page.get("/lapangan/wilayah").status_code) == wanted
    assert sign_in(as_actor(a_pendamping())).post(url).status_code == 404
    assert own.get(f"/lapangan/laporan/{actor.id}/2026-13").status_code == 404
    assert browser.get(url).location.startswith("/masuk")


def test_the_table_of_a_unit_comes_whole_on_a_server_where_the_request_is_over_before_its_file(app, sign_in):
    actor, _met = a_month()
    service.sign(actor, TODAY)
    korkab = sign_in(as_actor(someone("koordinator", KAPUAS)))
    with ThreadPoolExecutor(1) as server:  # a thread of its own: nothing of this test's application context
        file = server.submit(lambda: FlaskClient.open(korkab, f"/lapangan/wilayah.xlsx?bulan={CODE}").data).result()
    assert {line[0] for line in sheets.read(file)[1:]} == {actor.name}


def test_dinsos_has_a_first_page_and_a_card_when_reports_wait(app, sign_in):
    actor, _met = a_month()
    dinsos = sign_in(as_actor(someone("dinsos", KAPUAS)))
    assert 'href="/lapangan/wilayah"' in dinsos.get("/lapangan").text
    assert dinsos.get("/lapangan/peta").status_code == 403
    assert sign_in(actor).get("/lapangan").status_code == 200


def test_a_remark_stands_beside_its_field_and_the_leader_is_told(both):
    leader, supervisor = as_actor(a_pendamping()), someone("supervisor", KAPUAS)
    supervised(supervisor, leader.id)
    meeting_id = uuid.UUID(sends(leader, "meeting", a_meeting([a_group(leader.id).id], note="Bu S dipukul")).id)
    told = service.remark, as_actor(supervisor), meeting_id
    with pytest.raises(NotFound):
        service.remark(as_actor(someone("supervisor", KAPUAS)), meeting_id, "present", "ditanya", "Benar 12?")
    for wrong in (("hati", "ditanya", "Benar?"), ("present", "disetujui", "Benar?"), ("present", "ditanya", " ")):
        with pytest.raises(Invalid):
            told[0](told[1], told[2], *wrong)
    told[0](told[1], told[2], "present", "dikembalikan", "Benar 12 orang?")
    assert [(r.verdict, r.text) for r in service.meeting(leader, meeting_id).remarks["present"]] == [
        ("dikembalikan", "Benar 12 orang?")
    ]
    assert any("Benar 12 orang?" in notice.text for notice in of_person(leader.id))
    service.cover(as_actor(supervisor), meeting_id)
    assert service.meeting(leader, meeting_id).card.note == "[ditutup oleh supervisor]"


def test_the_word_of_the_supervisor_stands_on_the_month_of_its_pendamping_alone(app, sign_in, count_queries):
    actor, _met = a_month()
    supervisor = someone("supervisor", KAPUAS)
    supervised(supervisor, actor.id)
    service.sign(actor, TODAY)
    service.say(as_actor(supervisor), actor.id, TODAY, "dikembalikan", "Teratai belum ada.")
    url = f"/lapangan/laporan/{actor.id}/{CODE}"
    assert of_person(actor.id)[0].url == url
    page = sign_in(actor)
    with count_queries() as asked:
        shown = page.get(url).text
    assert "Supervisor: Dikembalikan" in shown
    assert "Teratai belum ada." in shown
    assert len(asked) + WHO_ACTS <= MOST_QUERIES, asked
    assert "Teratai belum ada." not in sign_in(as_actor(someone("koordinator", KAPUAS))).get(url).text


def test_a_month_leads_to_its_neighbours_as_far_as_they_have_begun(app, sign_in):
    a_month()
    page = sign_in(as_actor(someone("koordinator", KAPUAS)))
    before = f"{TODAY.replace(day=1) - timedelta(days=1):%Y-%m}"
    now = page.get(f"/lapangan/wilayah?bulan={CODE}").text
    assert (f"bulan={before}" in now, "bulan sesudahnya" in now) == (True, False)
    assert f"/lapangan/wilayah?bulan={CODE}" in page.get(f"/lapangan/wilayah?bulan={before}").text


def test_who_led_replies_to_a_remark_once_and_whoever_asked_is_told(both):
    leader, supervisor = as_actor(a_pendamping(name="Norhayati")), someone("supervisor", KAPUAS)
    supervised(supervisor, leader.id)
    meeting_id = uuid.UUID(sends(leader, "meeting", a_meeting([a_group(leader.id).id])).id)
    service.remark(as_actor(supervisor), meeting_id, "present", "ditanya", "Benar 12 orang?")
    (asked,) = service.meeting(leader, meeting_id).remarks["present"]
    assert asked.open
    for actor, number in ((as_actor(supervisor), asked.id), (leader, asked.id + 1)):
        with pytest.raises(NotFound):
            service.reply(actor, meeting_id, number, "Benar.")
    with pytest.raises(Invalid):
        service.reply(leader, meeting_id, asked.id, " ")
    service.reply(leader, meeting_id, asked.id, "Benar, lihat daftar hadir.")
    (answered,) = service.meeting(as_actor(supervisor), meeting_id).remarks["present"]
    assert (answered.open, answered.reply) == (False, "Benar, lihat daftar hadir.")
    assert of_person(supervisor)[0].text == "Norhayati menjawab catatan Anda: Benar, lihat daftar hadir."
    with pytest.raises(Conflict):
        service.reply(leader, meeting_id, asked.id, "Sekali lagi.")


def test_a_correction_settles_what_was_asked_and_the_newest_version_still_shows_it(both):
    leader, supervisor = as_actor(a_pendamping(name="Norhayati")), someone("supervisor", KAPUAS)
    supervised(supervisor, leader.id)
    told = a_meeting([a_group(leader.id).id])
    first = sends(leader, "meeting", told).id
    for verdict in ("dilihat", "ditanya", "dikembalikan"):
        service.remark(as_actor(supervisor), uuid.UUID(first), "minutes", verdict, "Lama sekali.")
    for _again in range(2):
        newest = sends(leader, "correction", {**told, "minutes": 80, "corrects": first}).id
    shown = service.meeting(leader, uuid.UUID(newest)).remarks["minutes"]
    assert [(one.verdict, one.settled_at is not None, one.reply) for one in shown] == [
        ("dikembalikan", True, ""),
        ("ditanya", True, ""),
        ("dilihat", False, ""),
    ]
    lines = [line.text for line in of_person(supervisor) if "memperbaiki" in line.text]
    assert len(lines) == 1
    assert "Norhayati memperbaiki laporan" in lines[0]


def test_a_reply_is_sent_by_a_plain_form_of_who_was_asked(app, sign_in):
    leader, supervisor = as_actor(a_pendamping()), someone("supervisor", KAPUAS)
    supervised(supervisor, leader.id)
    meeting_id = uuid.UUID(sends(leader, "meeting", a_meeting([a_group(leader.id).id])).id)
    service.remark(as_actor(supervisor), meeting_id, "present", "ditanya", "Benar 12 orang?")
    url = f"/lapangan/pertemuan/{meeting_id}"
    form = f"{url}/jawab/{service.meeting(leader, meeting_id).remarks['present'][0].id}"
    assert form not in sign_in(as_actor(supervisor)).get(url).text
    page = sign_in(leader)
    assert form in page.get(url).text
    refused = page.post(form, data={"reply": ""})
    assert (refused.status_code, "Tulis jawaban" in refused.text) == (422, True)
    assert page.post(form, data={"reply": "Benar, 12."}).status_code == 303
    assert "Benar, 12." in sign_in(as_actor(supervisor)).get(url).text


WAITS = "pertanyaan dari supervisor menunggu jawaban"


@pytest.mark.parametrize("roles", [("pendamping",), ("pendamping", "evaluator")])
@pytest.mark.parametrize("holds", [True, False])
def test_what_waits_for_an_answer_stands_on_the_home_page_and_in_the_field_until_it_is_answered(
    both, sign_in, count_queries, roles, holds
):
    leader, supervisor = as_actor(a_pendamping()), as_actor(someone("supervisor", KAPUAS))
    supervised(supervisor.id, leader.id)
    group = a_group(leader.id, valid_to=None if holds else TODAY + timedelta(days=1))
    first, second = (uuid.UUID(sends(leader, "meeting", a_meeting([group.id])).id) for _ in range(2))
    page = sign_in(an_actor(leader.id, *roles))
    service.remark(supervisor, second, "minutes", "dilihat", "Baik.")
    assert WAITS not in page.get("/").text + page.get("/lapangan").text
    service.remark(supervisor, second, "present", "ditanya", "Benar 12 orang?")
    service.remark(supervisor, first, "present", "dikembalikan", "Bukan 12 orang.")
    with clock.stopped(clock.now() + timedelta(days=0 if holds else 2)):
        for url in ("/", "/lapangan"):
            with count_queries() as asked:
                shown = page.get(url).text
            assert f"2 {WAITS}" in shown
            assert f'href="/lapangan/pertemuan/{second}"' in shown  # the oldest question first
            of_field = [query for query in asked if "fieldwork_" in query]
            assert len(of_field) <= {"/": 1, "/lapangan": MOST_QUERIES - WHO_ACTS}[url], (url, asked)
    service.reply(leader, second, service.meeting(leader, second).remarks["present"][0].id, "Benar.")
    assert f'href="/lapangan/pertemuan/{first}"' in page.get("/").text
    assert sends(leader, "cancel", {"meeting": str(first), "reason": "dobel"}).status == "accepted"
    assert WAITS not in page.get("/").text + page.get("/lapangan").text


def test_the_supervisor_remarks_and_covers_by_plain_forms(app, sign_in, count_queries):
    leader, supervisor = as_actor(a_pendamping()), someone("supervisor", KAPUAS)
    supervised(supervisor, leader.id)
    sent = sends(leader, "meeting", a_meeting([a_group(leader.id).id], note="Bu S dipukul"))
    url, page = f"/lapangan/pertemuan/{sent.id}", sign_in(as_actor(supervisor))
    form = {"field": "present", "verdict": "ditanya", "text": "Benar 12?"}
    assert page.post(f"{url}/catatan", data=form | {"text": ""}).status_code == 422
    assert page.post(f"{url}/catatan", data=form).status_code == 303
    with count_queries() as asked:
        assert "Benar 12?" in page.get(url).text
    assert len(asked) + WHO_ACTS <= MOST_QUERIES, asked
    assert page.post(f"{url}/tutup").status_code == 303
    assert "dipukul" not in page.get(url).text
    assert sign_in(leader).post(f"{url}/catatan", data=form).status_code == 403
    assert "Benar 12?" in sign_in(leader).get(url).text
