"""The Buku Langkah, the report, the map and the month work by plain links and forms, each for its own people."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.models import Audit
from p2k2lms.core.notices import of_person
from p2k2lms.plugins.fieldwork import panels, service
from p2k2lms.plugins.fieldwork.queries import meetings as read
from p2k2lms.plugins.identity import service as identity
from tests.conftest import WHO_ACTS
from tests.factories.enrolment import BANJAR, KAPUAS, the_course
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, sends
from tests.factories.identity import as_actor, someone, supervised

MOST_QUERIES = 6
SESI = "m1-s01"


@pytest.fixture
def holder(app):
    """A pendamping with a group of 24 families and a course to teach."""
    the_course()
    actor = as_actor(a_pendamping())
    return actor, a_group(actor.id, members=24, name="Melati", place="Balai desa")


def hidden(html):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


def form_fields(html):
    """What a browser would send of the report form, untouched."""
    found = [(name, value) for name, value in hidden(html).items()]
    found += re.findall(r'<input class="(?:in|num)"[^>]* name="(\w+)"[^>]*? value="([^"]*)"', html)
    chosen = re.findall(r'<option value="(\w)" selected>', html)
    return [*found, *(("steps", sign) for sign in chosen)]


def fields_of(html, **changed):
    data: dict[str, list[str]] = {}
    for name, value in form_fields(html):
        data.setdefault(name, []).append(value)
    return data | {name: value if isinstance(value, list) else [value] for name, value in changed.items()}


def changes():
    return db.session.scalar(select(func.count()).select_from(Audit))


def taught(page, group, *signs):
    """Press the buttons of the cards, one after the other; the page that is open then."""
    url, query = f"/lapangan/{group}/ajar/{SESI}", {}
    html = page.get(url).text
    for sign in signs:
        query = hidden(html) | {"t": sign}
        html = page.get(url, query_string=query).text
    return html


def test_a_sesi_is_taught_card_by_card_without_script_and_nothing_is_written(holder, sign_in):
    actor, group = holder
    page, before = sign_in(actor), changes()
    first = page.get(f"/lapangan/{group.id}/ajar/{SESI}").text
    for word in ("Langkah 1 dari 3", "Katakan", "Siapkan</b><br>Kertas", "Sudah dilakukan", "Lewati, beri alasan"):
        assert word in first
    second = taught(page, group.id, "y")
    assert "Langkah 2 dari 3" in second
    assert hidden(second)["k"] == "y--"
    closing = taught(page, group.id, "y", "p", "w")
    assert "Minta angkat tangan" in closing
    assert hidden(closing)["k"] == "ypw"
    assert changes() == before


def test_the_report_that_follows_is_filled_in_and_sent_by_a_plain_form(holder, sign_in):
    actor, group = holder
    page = sign_in(actor)
    closing = hidden(taught(page, group.id, "y", "p", "w"))
    html = page.get(f"/lapangan/{group.id}/lapor/{SESI}", query_string=closing | {"t1": "2"}).text
    assert "1 dari 3 langkah dilakukan" in html
    written = fields_of(html, women="19", homework="12", obstacle="waktu_sempit", note="Hujan deras")
    assert written["steps"] == ["y", "p", "w"]
    answer = page.post(f"/lapangan/{group.id}/lapor/{SESI}", data=written)
    assert answer.status_code == 303
    card = read.led(read.standing([group.id])[0].id)[0]
    assert (card.steps, card.handraise[:1], card.place, card.obstacle) == ("ypw", "2", "Balai desa", "waktu_sempit")
    assert [(p.due, p.families, p.homework_back) for p in card.present] == [(24, 19, 12)]
    shown = page.get(answer.location).text
    assert re.search(r"Resi K-\w{4}-\w{2}", shown)
    assert "19 dari 24 keluarga hadir" in shown
    again = page.post(f"/lapangan/{group.id}/lapor/{SESI}", data=written)
    assert (again.status_code, again.location) == (303, answer.location)
    assert len(read.standing([group.id])) == 1


def test_a_fault_keeps_everything_that_was_written(holder, sign_in):
    actor, group = holder
    page, url = sign_in(actor), f"/lapangan/{group.id}/lapor/{SESI}"
    written = fields_of(page.get(url).text, women="banyak", note="Hujan <deras>", place="Rumah ketua")
    answer = page.post(url, data=written)
    assert answer.status_code == 422
    for kept in ("banyak", "Hujan &lt;deras&gt;", "Rumah ketua", "Isi dengan angka bulat."):
        assert kept in answer.text
    assert re.search(r'role="alert".*<a href="#women">', answer.text)
    assert 'id="women"' in answer.text
    assert read.standing([group.id]) == []


@pytest.mark.parametrize(
    ("wrong", "spot"),
    [({"numbers": "9-1"}, "numbers"), ({"obstacle": "lain"}, "obstacle"), ({"steps": "zzz"}, "langkah-1")],
)
def test_every_fault_of_a_report_leads_to_its_field(holder, sign_in, wrong, spot):
    actor, group = holder
    page, url = sign_in(actor), f"/lapangan/{group.id}/lapor/{SESI}"
    answer = page.post(url, data=fields_of(page.get(url).text, women="3") | wrong)
    assert answer.status_code == 422
    assert re.search(rf'role="alert".*<a href="#{spot}">', answer.text)
    assert f'id="{spot}"' in answer.text


@pytest.mark.parametrize("name", ["women", "men", "children", "homework", "numbers"])
def test_a_fault_of_the_second_group_leads_to_the_field_of_the_second_group(holder, sign_in, name):
    actor, group = holder
    other = a_group(actor.id, members=9)
    page, url = sign_in(actor), f"/lapangan/{group.id}/lapor/{SESI}"
    counts = {one: ["1", "1"] for one in ("women", "men", "children", "homework")} | {"numbers": ["", ""]}
    counts[name][1] = "99999-99998" if name == "numbers" else "banyak"
    written = fields_of(page.get(url).text, groups=[str(group.id), str(other.id)], **counts)
    answer = page.post(url, data=written)
    assert answer.status_code == 422
    assert re.findall(r'<li><a href="#([\w-]+)">', answer.text) == [f"{name}-2"]
    assert re.search(rf'id="{name}-2"[^>]* aria-invalid="true" aria-describedby="{name}-2-salah"', answer.text)
    assert not re.search(rf'id="{name}"[^>]* aria-invalid', answer.text)


@pytest.mark.parametrize("note", ["NIK 6203010101010001", "Ibu S dipukul suaminya"])
def test_a_note_that_should_not_be_written_is_asked_about_first(holder, sign_in, note):
    actor, group = holder
    page, url = sign_in(actor), f"/lapangan/{group.id}/lapor/{SESI}"
    written = fields_of(page.get(url).text, women="10", note=note)
    asked = page.post(url, data=written)
    assert asked.status_code == 422
    assert "SAPA 129 (WhatsApp 08111-129-129)" in asked.text
    assert read.standing([group.id]) == []
    assert page.post(url, data=written | {"sent_sure": ["1"]}).status_code == 303
    assert "6203010101010001" not in read.led(read.standing([group.id])[0].id)[0].note


def test_two_groups_that_met_together_are_reported_together(holder, sign_in):
    actor, group = holder
    other = a_group(actor.id, members=9)
    page, url = sign_in(actor), f"/lapangan/{group.id}/lapor/{SESI}"
    html = page.get(url).text
    assert "Pertemuan gabungan" in html
    joint = {"groups": [str(group.id), str(other.id)], "women": ["20", "8"], "men": ["0", "1"]}
    written = fields_of(html, **joint, children=["0", "0"], homework=["5", "2"])
    assert page.post(url, data=written).status_code == 303
    assert len(read.standing([other.id])[0].present) == 1
    alone = written | {"groups": [str(group.id), ""], "women": ["20", ""], "sent_id": [""]}
    assert page.post(url, data=alone).status_code == 303


def test_a_report_is_mended_and_called_off_by_plain_forms(holder, sign_in):
    actor, group = holder
    page = sign_in(actor)
    first = sends(actor, "meeting", a_meeting([group.id], steps="ypw")).id
    html = page.get(f"/lapangan/pertemuan/{first}/perbaiki").text
    assert 'value="12"' in html
    written = fields_of(html, women="15", homework="8", obstacle="tidak_ada", note="")
    answer = page.post(f"/lapangan/pertemuan/{first}/perbaiki", data=written)
    assert answer.status_code == 303
    assert answer.location in page.get(f"/lapangan/pertemuan/{first}").text
    assert [m.steps for m in read.standing([group.id])] == ["ypw"]
    refused = page.post(f"{answer.location}/batal", data={"reason": ""})
    assert refused.status_code == 422
    assert page.post(f"{answer.location}/batal", data={"reason": "Salah kelompok"}).status_code == 303
    assert "Laporan ini dibatalkan" in page.get(answer.location).text


def test_a_month_without_a_meeting_is_said_by_a_plain_form(holder, sign_in):
    actor, group = holder
    page, url = sign_in(actor), f"/lapangan/{group.id}/tidak-bertemu"
    assert page.post(url, data={"month": "kapan", "reason": "panen"}).status_code == 422
    said = {"month": f"{clock.today():%Y-%m}", "reason": "panen", "note": ""}
    assert page.post(url, data=said).status_code == 303
    assert "Tidak bertemu bulan ini" in page.get("/lapangan").text
    assert page.post(url, data=said).status_code == 422


def test_the_map_shows_what_is_done_and_what_comes_next(holder, sign_in):
    actor, group = holder
    page = sign_in(actor)
    assert "Melati, sesi 1: usul berikut" in page.get("/lapangan/peta").text
    sends(actor, "meeting", a_meeting([group.id], steps="ypw"))
    assert "Melati, sesi 1: sebagian" in page.get("/lapangan/peta").text
    sends(actor, "meeting", a_meeting([group.id], steps="nyy"))
    assert "Melati, sesi 1: selesai" in page.get("/lapangan/peta").text


def test_the_supervisor_sees_the_silent_first_and_approves_in_one_tap(holder, sign_in):
    actor, group = holder
    quiet, supervisor = a_pendamping(), as_actor(someone("supervisor", KAPUAS))
    a_group(quiet)
    supervised(supervisor.id, actor.id), supervised(supervisor.id, quiet)
    sends(actor, "meeting", a_meeting([group.id]))
    page = sign_in(supervisor)
    board = service.board(supervisor, clock.today())
    assert [person.id for person in board.people] == [quiet, actor.id]
    assert [person.last_sent is None for person in board.people] == [True, False]
    html = page.get("/lapangan/bulan").text
    assert "1 dari 2 pendamping sudah lengkap" in html
    assert ("HP belum pernah mengirim." in html, "HP terakhir mengirim" in html) == (True, True)
    to_call = re.findall(r'href="tel:([^"]+)"', html)
    assert to_call == [identity.person(quiet).phone]
    url = f"/lapangan/bulan/{actor.id}"
    assert page.post(url, data={"verdict": "disetujui"}).status_code == 303
    assert page.post(url, data={"verdict": "ditanya", "remark": ""}).status_code == 422
    assert page.post(url, data={"verdict": "ditanya", "remark": "Hadir 12 benar?"}).status_code == 303
    assert "Hadir 12 benar?" in page.get("/lapangan/bulan").text
    assert [line.text.split(":")[1].strip()[:9] for line in of_person(actor.id)] == ["Ada perta", "Disetujui"]
    assert page.post("/lapangan/bulan/999999", data={"verdict": "disetujui"}).status_code == 404


def test_home_proposes_the_next_meeting_and_says_how_the_month_stands(holder, app):
    actor, group = holder

    def titles():
        with app.test_request_context():
            return [card.title for card in panels.cards(actor)]

    assert titles() == ["P2K2 bulan ini"]
    a_month_ago = (clock.today().replace(day=1) - timedelta(days=3)).isoformat()
    sends(actor, "meeting", a_meeting([group.id], on_day=a_month_ago, steps="ynn"))
    assert titles() == ["P2K2 Kelompok Melati, sesi 1", "P2K2 bulan ini"]
    sends(actor, "meeting", a_meeting([group.id]))
    assert titles() == ["P2K2 bulan ini"]


def test_who_opens_which_page(holder, browser, sign_in):
    actor, group = holder
    supervisor = someone("supervisor", KAPUAS)
    supervised(supervisor, actor.id)
    meeting = sends(actor, "meeting", a_meeting([group.id])).id
    book = [f"/lapangan/{group.id}/{what}" for what in (f"ajar/{SESI}", f"lapor/{SESI}", "tidak-bertemu")]
    urls = [*book, f"/lapangan/pertemuan/{meeting}", "/lapangan/peta", "/lapangan/bulan"]
    seen = {
        actor.id: [200, 200, 200, 200, 200, 403],
        supervisor: [200] * 6,
        someone("koordinator", KAPUAS): [200] * 6,
        a_pendamping(): [404, 404, 404, 404, 200, 403],
        someone("supervisor", KAPUAS): [404, 404, 404, 404, 200, 200],
        someone("koordinator", BANJAR): [404, 404, 404, 404, 200, 200],
        someone("widyaiswara", KAPUAS): [404, 404, 404, 404, 403, 403],
    }
    for person, wanted in seen.items():
        assert [sign_in(as_actor(person)).get(url).status_code for url in urls] == wanted, person
    assert all(browser.get(url).location.startswith("/masuk") for url in urls)
    page = sign_in(actor)
    assert page.get(f"/lapangan/{group.id}/ajar/tidak-ada").status_code == 404
    assert page.get(f"/lapangan/{group.id}/ajar/tf-s02").status_code == 302
    strange = {"k": "zzz", "n": "-4", "m": "9999", "h": "kapan", "t": "yy"}
    assert "Langkah 1 dari 3" in page.get(urls[0], query_string=strange).text
    assert page.post(f"/lapangan/bulan/{actor.id}", data={"verdict": "disetujui"}).status_code == 403


def test_who_only_looks_at_the_month_is_offered_no_word_on_it(holder, sign_in):
    actor, _group = holder
    offered = {}
    for role in ("koordinator", "admin"):
        html = sign_in(as_actor(someone(role, KAPUAS))).get("/lapangan/bulan").text
        assert identity.person(actor.id).name in html
        offered[role] = (f'action="/lapangan/bulan/{actor.id}"' in html, "Kirim catatan" in html)
    assert offered == {"koordinator": (True, True), "admin": (False, False)}


def test_pages_ask_at_most_six_things(holder, sign_in, count_queries):
    actor, group = holder
    supervisor, quiet = someone("supervisor", KAPUAS), a_pendamping()
    supervised(supervisor, actor.id), supervised(supervisor, quiet)
    a_group(quiet), a_group(actor.id)
    for days in (40, 0):
        on_day = (clock.today() - timedelta(days=days)).isoformat()
        meeting = sends(actor, "meeting", a_meeting([group.id], on_day=on_day)).id
    own = [f"/lapangan/{group.id}", f"/lapangan/{group.id}/ajar/{SESI}", f"/lapangan/{group.id}/lapor/{SESI}"]
    both = [*own, f"/lapangan/pertemuan/{meeting}", "/lapangan/peta", "/lapangan"]
    mending = (actor.id, f"/lapangan/pertemuan/{meeting}/perbaiki")
    wanted = [mending, *((actor.id, url) for url in both)] + [(supervisor, url) for url in (*both, "/lapangan/bulan")]
    for person, url in wanted:
        page = sign_in(as_actor(person))
        with count_queries() as asked:
            assert page.get(url).status_code == 200
        assert len(asked) + WHO_ACTS <= MOST_QUERIES, (url, person == supervisor, len(asked), asked)
