"""Obstacles answer: with what helps, with a peer who agreed to be asked, and they are counted upward."""

import pytest

from p2k2lms.core import clock, jobs
from p2k2lms.core.errors import Invalid, NotAllowed, NotFound
from p2k2lms.plugins.catalogue.values import NO_OBSTACLE, OBSTACLE_KINDS, OBSTACLES, OTHER_OBSTACLE
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.values.tips import TIPS
from tests.conftest import WHO_ACTS
from tests.factories.enrolment import BANJAR, KAPUAS
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, sends
from tests.factories.identity import as_actor, someone

TODAY = clock.today()
MOST_QUERIES = 6
HOW = "Kami sepakat jam dua siang, sesudah pulang kebun."


def test_every_obstacle_has_a_kind_and_three_tips():
    assert set(TIPS) == OBSTACLES.keys() - {NO_OBSTACLE, OTHER_OBSTACLE}
    assert {len(tips) for tips in TIPS.values()} == {3}
    assert {OBSTACLES[key][0] for key in TIPS} == set(OBSTACLE_KINDS)


def count_now():
    while jobs.run_due():
        pass


def test_obstacles_are_counted_by_kabupaten_and_follow_a_correction_and_a_cancellation(both):
    actor = as_actor(a_pendamping())
    groups = [a_group(actor.id).id for _ in range(3)]
    sent = [sends(actor, "meeting", a_meeting([g], obstacle="alat")).id for g in groups[:2]]
    sends(actor, "meeting", a_meeting([groups[2]], obstacle="tidak_ada"))
    count_now()
    dinsos = as_actor(someone("dinsos", KAPUAS))
    assert service.obstacle_board(dinsos, TODAY).groups == {"alat": 2}
    assert service.obstacle_board(as_actor(someone("dinsos", BANJAR)), TODAY).groups == {}
    sends(actor, "correction", a_meeting([groups[0]], obstacle="tempat") | {"corrects": sent[0]})
    sends(actor, "cancel", {"meeting": sent[1], "reason": "Keliru kelompok"})
    count_now()
    assert service.obstacle_board(dinsos, TODAY).groups == {"tempat": 1}
    service.count_job("/ID/R4/62/62.03/", f"{TODAY:%Y-%m}-01")
    assert service.obstacle_board(dinsos, TODAY).groups == {"tempat": 1}


def test_what_is_frequent_stands_first(app):
    actor = as_actor(a_pendamping())
    for obstacle in ("alat", "tempat", "tempat"):
        sends(actor, "meeting", a_meeting([a_group(actor.id).id], obstacle=obstacle))
    count_now()
    board = service.obstacle_board(actor, TODAY)
    assert board.of_kind("teknis")[:2] == [("tempat", 2), ("alat", 1)]


def test_a_peer_who_agreed_is_shown_in_the_own_kabupaten_alone(both):
    helper, near, far = a_pendamping(), as_actor(a_pendamping()), as_actor(someone("pendamping", BANJAR))
    service.offer_help(as_actor(helper), "banyak_absen", f" {HOW} ", agreed=True)
    shown = service.answer(near, "banyak_absen").peers
    assert [(p.name, p.how, p.phone[:4]) for p in shown] == [(as_actor(helper).name, HOW, "+628")]
    assert service.answer(far, "banyak_absen").peers == ()
    assert service.answer(near, "alat").peers == ()
    service.offer_help(as_actor(helper), "banyak_absen", HOW + " Lalu ketua mengabari.", agreed=True)
    assert service.answer(as_actor(helper), "banyak_absen").own.how.endswith("mengabari.")
    service.withdraw_help(as_actor(helper), "banyak_absen")
    assert service.answer(near, "banyak_absen").peers == ()


@pytest.mark.parametrize(
    ("how", "agreed", "field"), [(HOW, False, "agreed"), ("Sabar", True, "how"), ("x" * 301, True, "how")]
)
def test_help_is_offered_with_words_and_consent(app, how, agreed, field):
    with pytest.raises(Invalid) as refusal:
        service.offer_help(as_actor(a_pendamping()), "alat", how, agreed)
    assert refusal.value.field == field


def test_a_number_of_sixteen_digits_is_hidden_in_what_a_peer_writes(app):
    actor = as_actor(a_pendamping())
    service.offer_help(actor, "alat", "Saya catat 6203010101010001 di buku", agreed=True)
    assert "6203" not in service.answer(actor, "alat").own.how


def test_what_is_no_obstacle_has_no_card_and_dinsos_offers_none(app):
    actor = as_actor(a_pendamping())
    for key in ("lainnya", "tidak_ada", "malas"):
        with pytest.raises(NotFound):
            service.answer(actor, key)
    with pytest.raises(NotAllowed):
        service.offer_help(as_actor(someone("dinsos", KAPUAS)), "alat", HOW, agreed=True)


def test_the_pages_by_role_and_with_few_questions(app, browser, sign_in, count_queries):
    helper = as_actor(a_pendamping())
    page, url = sign_in(helper), "/lapangan/kendala/banyak_absen"
    assert page.post(url, data={"how": HOW}).status_code == 422
    assert page.post(url, data={"how": HOW, "agreed": "1"}).status_code == 303
    near = sign_in(as_actor(a_pendamping()))
    for address in ("/lapangan/kendala", url):
        with count_queries() as asked:
            assert near.get(address).status_code == 200
        assert len(asked) + WHO_ACTS <= MOST_QUERIES, (address, asked)
    assert HOW in near.get(url).text
    for role, status in {"dinsos": 200, "koordinator": 200, "supervisor": 200, "widyaiswara": 403}.items():
        assert sign_in(as_actor(someone(role, KAPUAS))).get("/lapangan/kendala").status_code == status
    assert sign_in(helper).post(f"{url}/tarik").status_code == 303
    assert HOW not in sign_in(helper).get(url).text
    assert browser.get("/lapangan/kendala").location.startswith("/masuk")
    assert sign_in(helper).get("/lapangan/kendala/malas").status_code == 404
