"""Groups that are put together, divided, and given away while a phone still keeps reports of them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.errors import Invalid, NotAllowed, NotFound
from p2k2lms.core.i18n import long_date
from p2k2lms.core.notices import of_person
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.models import GroupMonth, LeaderMonth, Plan
from p2k2lms.plugins.fieldwork.queries import groups as read
from p2k2lms.plugins.fieldwork.queries import meetings as read_meetings
from p2k2lms.plugins.fieldwork.queries import plans as read_plans
from p2k2lms.plugins.fieldwork.rules import coverage, months, names, places, planning
from p2k2lms.plugins.fieldwork.service import GroupData, Part, facts
from tests.conftest import WHO_ACTS
from tests.factories.enrolment import BANJAR, KAPUAS
from tests.factories.fieldwork import KECAMATAN, a_group, a_meeting, a_pendamping, changes, group_now, sends
from tests.factories.identity import as_actor, someone, supervised

TODAY = clock.today()
YESTERDAY = TODAY - timedelta(days=1)
MOST_QUERIES = 6


@pytest.mark.parametrize(
    ("path", "kabupaten", "kecamatan"),
    [
        ("/ID/R4/62/62.03/62.03.01/62.03.01.9001/", "/ID/R4/62/62.03/", "/ID/R4/62/62.03/62.03.01/"),
        ("/ID/R4/62/62.03/", "/ID/R4/62/62.03/", "/ID/R4/62/62.03/"),
        ("/ID/", "/ID/", "/ID/"),
    ],
)
def test_a_path_names_its_kabupaten_and_its_kecamatan(path, kabupaten, kecamatan):
    assert (places.kabupaten_of(path), places.kecamatan_of(path)) == (kabupaten, kecamatan)


def test_two_groups_become_one_and_no_family_is_lost(both):
    actor = as_actor(a_pendamping())
    small, other = a_group(actor.id, members=9), a_group(actor.id, members=18)
    service.merge(actor, small.id, other.id, TODAY)
    assert [(g.id, g.members) for g in service.own_groups(actor)] == [(other.id, 27)]
    ended = group_now(small.id)
    assert (ended.members, ended.valid_to, ended.holder_id) == (0, TODAY, None)
    assert read.group_row(small.id).merged_into == other.id


def test_one_group_becomes_two_in_the_same_hands(both):
    actor = as_actor(a_pendamping())
    large = a_group(actor.id, members=46)
    made = service.split(actor, large.id, Part("Melati Dua", 20, TODAY))
    sizes = {g.id: g.members for g in service.own_groups(actor)}
    assert sizes == {large.id: 26, made: 20}
    assert group_now(made).unit_id == large.unit_id


def met(actor, group_id, ago, steps="yyy"):
    on_day = (TODAY - timedelta(days=ago)).isoformat()
    answer = sends(actor, "meeting", a_meeting([group_id], on_day=on_day, steps=steps))
    assert answer.status == "accepted", answer
    return answer.id


def part(actor, group_id, ago, members=20):
    """Some of its families become a group of their own; its id."""
    return service.split(actor, group_id, Part(f"Bagian {ago}", members, TODAY - timedelta(days=ago)))


def line_of(actor, group_id):
    return next(line for line in service.coverage_map(actor).lines if line.card.id == group_id)


def had(actor, group_id):
    return line_of(actor, group_id).cells["m1-s01"]


def test_a_divided_group_goes_on_where_its_families_stood(both):
    actor = as_actor(a_pendamping())
    large = a_group(actor.id, members=46).id
    met(actor, large, 40)
    made = part(actor, large, 20)
    assert had(actor, made) == had(actor, large) == coverage.Coverage("d", TODAY - timedelta(days=40))
    line = line_of(actor, made)
    assert (line.next, line.silent_days, line.present, line.report.state) == (None, 40, None, "belum")
    assert service.group_page(actor, made).goes_on
    assert not service.group_page(actor, large).goes_on


def test_a_report_counts_on_both_maps_if_the_meeting_was_before_the_day_of_the_division(both):
    actor = as_actor(a_pendamping())
    large = a_group(actor.id, members=46).id
    made = part(actor, large, 20)
    met(actor, large, 20)
    assert [had(actor, one).state for one in (large, made)] == ["d", "n"]
    met(actor, large, 21, steps="ynn")
    assert had(actor, made).state == "h"


def test_what_groups_had_in_part_before_each_of_two_divisions_becomes_whole_after_them_on_map_and_counts(both):
    actor = as_actor(a_pendamping())
    first = a_group(actor.id, members=60).id
    met(actor, first, 50, steps="ynn")
    second = part(actor, first, 45, 40)
    met(actor, second, 30, steps="nyn")
    third = part(actor, second, 25)
    met(actor, third, 5, steps="nny")
    assert [had(actor, one).state for one in (first, second, third)] == ["h", "h", "d"]
    service.count_coverage()
    dinsos = as_actor(someone("dinsos", KAPUAS))
    counted = [(one.had, one.whole) for _modul, own in service.unit_coverage(dinsos).modul for one in own]
    assert counted == [(3, 1)]


def test_what_waits_in_the_plan_goes_along_without_its_day_and_what_was_given_does_not(both):
    actor = as_actor(a_pendamping())
    month = months.earlier(months.month_of(TODAY)).first
    waiting, given = a_group(actor.id, members=46).id, a_group(actor.id, members=46).id
    with unit_of_work("test.plan") as uow:
        for group_id in (waiting, given):
            uow.add(Plan(group_id=group_id, month=month, sesi="m1-s01", on_day=month, person_id=actor.id))
    met(actor, given, 3)
    taken, done = part(actor, waiting, 0), part(actor, given, 1)
    assert had(actor, taken) == coverage.Coverage(planning.OVERDUE, month)
    assert [(p.group_id, p.sesi, p.on_day) for p in read_plans.plans_of([taken, done])] == [(taken, "m1-s01", None)]


def test_the_home_page_knows_what_a_divided_group_had_and_that_it_has_not_met_yet(both):
    with clock.stopped(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        actor = as_actor(a_pendamping())
        large = a_group(actor.id, members=46).id
        assert sends(actor, "meeting", a_meeting([large], on_day="2026-10-30", steps="ynn")).status == "accepted"
        made = service.split(actor, large, Part("Bagian", 20, date(2026, 11, 10)))
        groups, had_before, without, _asked = read_meetings.of_holder(actor.id, date(2026, 11, 1))
        assert (set(groups), groups[made].name, without) == ({large, made}, "Bagian", [])
        assert [p.group_id for one in had_before.own for p in one.present] == [large]
        assert [p.group_id for one in had_before.before for p in one.present] == [made]
        found = service.home(actor)
        assert (found.reported, found.groups, found.turn.group_id, found.turn.sesi.id) == (0, 2, made, "m1-s01")


def facts_of_months():
    db.session.rollback()
    rows = [*db.session.scalars(select(GroupMonth)), *db.session.scalars(select(LeaderMonth))]
    return sum(row.met for row in rows if isinstance(row, GroupMonth)), [r.led for r in rows if hasattr(r, "led")]


def test_no_meeting_counts_twice_in_the_months_of_groups_and_people(both):
    actor = as_actor(a_pendamping())
    large = a_group(actor.id, members=46).id
    met(actor, large, 40)
    facts.rebuild()
    before = facts_of_months()
    assert before[0] == 1
    made = part(actor, large, 20)
    facts.rebuild()
    assert facts_of_months() == before
    own = db.session.scalars(select(GroupMonth).where(GroupMonth.group_id == made)).all()
    assert own
    assert {(row.met, row.last_met, row.reached) for row in own} == {(0, None, 0)}


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), date(2025, 1, 1), TODAY - timedelta(days=61)])
def test_a_day_on_which_nothing_can_move_is_refused_beside_its_field(app, day):
    actor = as_actor(a_pendamping())
    one, other = a_group(actor.id), a_group(actor.id)
    for change in (
        lambda: service.merge(actor, one.id, other.id, day),
        lambda: service.split(actor, one.id, Part("Baru", 5, day)),
    ):
        with pytest.raises(Invalid) as refusal:
            change()
        assert refusal.value.field == "from_day"


def test_a_ledger_is_not_rewritten_behind_its_newest_entry(app):
    actor = as_actor(a_pendamping())
    one, other = a_group(actor.id), a_group(actor.id)
    sends(actor, "roster", changes(one.id))
    with pytest.raises(Invalid, match="sesudah tanggal itu"):
        service.merge(actor, one.id, other.id, YESTERDAY)


@pytest.mark.parametrize(
    ("name", "members", "field"), [("M", 5, "name"), ("Baru", 20, "members"), ("Baru", 0, "members")]
)
def test_a_part_must_have_a_name_and_be_a_part(app, name, members, field):
    actor = as_actor(a_pendamping())
    card = a_group(actor.id, members=20)
    with pytest.raises(Invalid) as refusal:
        service.split(actor, card.id, Part(name, members, TODAY))
    assert refusal.value.field == field


def test_a_name_of_the_desa_is_not_taken_twice_by_a_part(app):
    actor = as_actor(a_pendamping())
    card = a_group(actor.id)
    with pytest.raises(Invalid, match="sudah ada kelompok"):
        service.split(actor, card.id, Part(card.name.upper(), 5, TODAY))


TAKEN, TWINS = "MÉLATI", ["mélati", "Me\u0301lati", "ＭÉＬＡＴＩ", "MÉ\u200bLATI", "MÉ\xadLATI", "mÉlatI"]


@pytest.mark.parametrize("name", TWINS, ids=ascii)
def test_a_taken_name_in_other_signs_is_told_beside_its_field_and_nothing_is_lost(app, sign_in, name):
    actor = as_actor(a_pendamping())
    large, _taken = a_group(actor.id, members=46), a_group(actor.id, name=TAKEN)
    written = {"name": name, "members": "19", "from_day": YESTERDAY.isoformat()}
    refused = sign_in(actor).post(f"/lapangan/{large.id}/bagi", data=written)
    assert refused.status_code == 422
    [box] = re.findall(r'<input[^>]*name="name"[^>]*>', refused.text)
    assert f'value="{name}"' in box
    assert 'aria-describedby="name-salah"' in box
    assert "Di desa ini sudah ada kelompok dengan nama itu." in refused.text
    assert 'value="19"' in refused.text
    assert f'value="{YESTERDAY.isoformat()}"' in refused.text


@pytest.mark.parametrize("name", TWINS, ids=ascii)
def test_a_name_is_one_in_whatever_signs_on_both_databases(both, name):
    actor = as_actor(a_pendamping())
    large, _taken = a_group(actor.id, members=46), a_group(actor.id, name=TAKEN)
    for change in (
        lambda: service.split(actor, large.id, Part(names.kept(name), 5, TODAY)),
        lambda: service.add_group(actor, GroupData(large.unit_id, names.kept(name), "", 20, TODAY)),
    ):
        with pytest.raises(Invalid, match="sudah ada kelompok") as refusal:
            change()
        assert refusal.value.field == "name"


def test_what_met_before_the_merger_stays_and_a_report_after_it_is_kept_with_a_flag(both):
    actor = as_actor(a_pendamping())
    small, other = a_group(actor.id), a_group(actor.id)
    before = sends(actor, "meeting", a_meeting([small.id], on_day=YESTERDAY.isoformat()))
    service.merge(actor, small.id, other.id, TODAY)
    after = sends(actor, "meeting", a_meeting([small.id]))
    assert (before.status, before.flags, after.status) == ("accepted", (), "accepted")
    assert "kelompok_berakhir" in after.flags


def test_who_held_a_group_that_ended_still_reads_it_and_is_told_where_its_families_are(app, sign_in, count_queries):
    holder, taker, supervisor = as_actor(a_pendamping()), as_actor(a_pendamping()), someone("supervisor", KAPUAS)
    supervised(supervisor, holder.id), supervised(supervisor, taker.id)
    small, other = a_group(holder.id), a_group(taker.id)
    told = met(holder, small.id, 1)
    service.merge(as_actor(supervisor), small.id, other.id, TODAY)
    assert [of_person(person.id)[0].url for person in (holder, taker)] == [
        f"/lapangan/{small.id}",
        f"/lapangan/{other.id}",
    ]
    for reader in (holder, as_actor(supervisor)):
        shown = sign_in(reader).get(f"/lapangan/{small.id}").text
        assert f"Keluarganya digabung ke kelompok {other.name}." in shown
        assert "/lapangan/pertemuan/" in shown
        assert f'href="/lapangan/{small.id}/anggota"' not in shown
    for stranger in (taker, as_actor(a_pendamping())):
        assert sign_in(stranger).get(f"/lapangan/{small.id}").status_code == 404
    with count_queries() as asked:
        assert sign_in(holder).get(f"/lapangan/pertemuan/{told}/perbaiki").status_code == 200
    assert len(asked) + WHO_ACTS <= MOST_QUERIES, asked
    with pytest.raises(NotFound):
        service.split(holder, small.id, Part("Baru", 5, TODAY))


def test_the_choice_of_a_merge_tells_groups_of_one_name_apart_by_their_desa(app, sign_in, count_queries):
    holder, supervisor = a_pendamping(), someone("supervisor", KAPUAS)
    supervised(supervisor, holder)
    one = a_group(holder, name="Mawar")
    a_group(holder, name="Melati", members=11), a_group(holder, name="Melati", members=12, desa=f"{KECAMATAN}.9002")
    for person in (holder, supervisor):
        page = sign_in(as_actor(person))
        with count_queries() as asked:
            shown = page.get(f"/lapangan/{one.id}/gabung").text
        assert f"Melati, Desa {KECAMATAN}.9001, 11 keluarga" in shown
        assert f"Melati, Desa {KECAMATAN}.9002, 12 keluarga" in shown
        assert len(asked) + WHO_ACTS <= MOST_QUERIES, asked


def test_the_holder_is_told_of_a_division_that_somebody_else_made(app, sign_in):
    holder, supervisor = as_actor(a_pendamping()), someone("supervisor", KAPUAS)
    supervised(supervisor, holder.id)
    large = a_group(holder.id, members=46, name="Melati")
    met(holder, large.id, 1)
    made = part(as_actor(supervisor), large.id, 0)
    told = of_person(holder.id)[0]
    assert (told.text, told.url) == ("Kelompok Melati dibagi. Bagian 0 kini kelompok sendiri.", f"/lapangan/{made}")
    same = YESTERDAY.month == TODAY.month  # then the families have met this month, and nothing is owed
    said = f"Keluarganya bertemu {long_date(YESTERDAY)}, sebelum" if same else "Belum sejak dibagi, terakhir 1 hari"
    assert said in sign_in(holder).get("/lapangan").text


def test_who_may_arrange_a_group(app):
    holder, stranger = a_pendamping(), a_pendamping()
    supervisor = someone("supervisor", KAPUAS)
    supervised(supervisor, holder)
    one, other, far = a_group(holder), a_group(holder), a_group(stranger)
    offered = {c.id for c in service.neighbours(as_actor(supervisor), one)}
    assert offered == {other.id}
    assert far.id in {c.id for c in service.neighbours(as_actor(someone("koordinator", KAPUAS)), one)}
    with pytest.raises(Invalid, match="daftar"):
        service.merge(as_actor(holder), one.id, far.id, TODAY)
    for person in (stranger, someone("koordinator", BANJAR)):
        with pytest.raises(NotFound):
            service.merge(as_actor(person), one.id, other.id, TODAY)
    with pytest.raises(NotAllowed):
        service.split(as_actor(someone("dinsos", KAPUAS)), one.id, Part("Baru", 5, TODAY))


def test_a_group_of_another_kecamatan_is_not_near(app):
    actor = as_actor(a_pendamping())
    one, far = a_group(actor.id), a_group(actor.id, desa="62.03.09.9001")
    assert far.id not in {c.id for c in service.neighbours(actor, one)}
    assert one.unit_path.endswith(f"{KECAMATAN}/{KECAMATAN}.9001/")


def given_away():
    """A group that goes from old to new today, by the supervisor of both."""
    old, new, supervisor = a_pendamping(), a_pendamping(), someone("supervisor", KAPUAS)
    supervised(supervisor, old), supervised(supervisor, new)
    card = a_group(old)
    sends(as_actor(old), "meeting", a_meeting([card.id], on_day=(TODAY - timedelta(days=30)).isoformat()))
    return as_actor(old), as_actor(new), card, service.hand_over(as_actor(supervisor), card.id, new, TODAY)


def test_both_sides_see_what_is_here_and_what_a_phone_still_keeps(both):
    old, new, card, made = given_away()
    page = service.handed(new, made)
    assert (page.received, page.late, page.on_phone, page.own) == (1, 0, None, False)
    service.tell_phone(old, made, 1)
    assert service.handed(new, made).on_phone == 1
    late = sends(old, "meeting", a_meeting([card.id], on_day=YESTERDAY.isoformat()))
    assert (late.status, late.flags) == ("accepted", ())
    service.tell_phone(old, made, 0)
    page = service.handed(new, made)
    assert (page.received, page.late, page.agrees) == (2, 1, True)


def test_an_unsent_report_is_credited_to_who_held_the_group_on_its_day(both):
    old, new, card, _made = given_away()
    day = TODAY - timedelta(days=30)
    facts = service.month_facts(day, [old.id, new.id])
    assert facts[old.id].groups_met == 1
    assert new.id not in facts
    after = sends(old, "meeting", a_meeting([card.id]))
    assert (after.status, "serah_terima" in after.flags) == ("accepted", True)


def test_only_the_old_holder_tells_of_his_phone(app):
    old, new, _card, made = given_away()
    for actor in (new, as_actor(a_pendamping())):
        with pytest.raises(NotFound):
            service.tell_phone(actor, made, 0)
    with pytest.raises(NotFound):
        service.handed(as_actor(a_pendamping()), made)
    with pytest.raises(Invalid):
        service.tell_phone(old, made, -1)
    with pytest.raises(NotFound):
        service.handed(old, 999_999)


def test_the_pages_work_by_plain_forms(app, sign_in, count_queries):
    actor = as_actor(a_pendamping())
    one, other = a_group(actor.id, members=30), a_group(actor.id)
    page = sign_in(actor)
    assert f'href="/lapangan/{one.id}/bagi"' in page.get(f"/lapangan/{one.id}").text
    for url in (f"/lapangan/{one.id}/bagi", f"/lapangan/{one.id}/gabung"):
        with count_queries() as asked:
            assert page.get(url).status_code == 200
        assert len(asked) + WHO_ACTS <= MOST_QUERIES, (url, asked)
        assert page.post(url, data={"from_day": "besok"}).status_code == 422
    part = {"name": " Melati  Dua ", "members": "10", "from_day": TODAY.isoformat()}
    made = page.post(f"/lapangan/{one.id}/bagi", data=part)
    assert made.status_code == 303
    assert "Melati Dua" in page.get(made.location).text
    joined = page.post(f"/lapangan/{one.id}/gabung", data={"into": other.id, "from_day": TODAY.isoformat()})
    assert (joined.status_code, joined.location) == (303, f"/lapangan/{other.id}?dari={one.id}")
    assert f"Kelompok {one.name} digabung ke sini" in page.get(joined.location).text
    assert "digabung ke sini" not in page.get(f"/lapangan/{other.id}?dari={other.id}").text


def test_the_hand_over_page_by_role(app, sign_in, count_queries):
    old, new, card, made = given_away()
    url = f"/lapangan/serah/{made}"
    page = sign_in(old)
    with count_queries() as asked:
        assert "Masih di HP" in page.get(url).text
    assert len(asked) + WHO_ACTS <= MOST_QUERIES, asked
    assert page.post(url, data={"on_phone": "satu"}).status_code == 422
    assert page.post(url, data={"on_phone": "0"}).status_code == 303
    shown = sign_in(new).get(url).text
    assert "Semua laporan sudah di server" in shown
    assert f'href="/lapangan/{card.id}"' in shown
    assert f'href="/lapangan/{card.id}"' not in page.get(url).text
    seen = {
        someone("koordinator", KAPUAS): 200,
        someone("koordinator", BANJAR): 404,
        a_pendamping(): 404,
        someone("widyaiswara", KAPUAS): 404,
    }
    assert {person: sign_in(as_actor(person)).get(url).status_code for person in seen} == seen
