"""A free text that was covered stands nowhere any more: no copy, no earlier version, not even what the phone sent."""

import uuid

from sqlalchemy import select

from p2k2lms.core import intake, journal, quarantine
from p2k2lms.core.db import db
from p2k2lms.core.errors import Fault
from p2k2lms.core.models import Submission
from p2k2lms.plugins.fieldwork import service as fieldwork
from p2k2lms.plugins.forum import service as forum
from tests.databases import places_of
from tests.factories.enrolment import KAPUAS, a_member, an_angkatan
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, an_envelope, sends
from tests.factories.forum import a_question, an_answer, says
from tests.factories.identity import as_actor, someone, supervised

NAMED = "Rusmawati"


def test_what_a_peer_wrote_is_gone_from_every_table_and_the_receipt_stays(both):
    angkatan = an_angkatan()
    asks, answers = (as_actor(a_member(angkatan, state="berjalan").person_id) for _ in range(2))
    thread = a_question(asks)
    post = an_answer(answers, thread, f"Tanya saja {NAMED} di RT 3.")
    forum.say_helpful(asks, post, True)
    assert places_of([NAMED]).keys() >= {"forum_post", "core_submission", "forum_shelf"}
    forum.cover(as_actor(someone("widyaiswara", "R4")), post)
    assert places_of([NAMED]) == {}
    assert journal.tally(answers.id) == {"accepted": 1}


def test_the_note_of_a_report_is_gone_from_each_of_its_versions_and_a_late_copy_counts_as_known(both):
    leader, supervisor = as_actor(a_pendamping()), as_actor(someone("supervisor", KAPUAS))
    supervised(supervisor.id, leader.id)
    told = a_meeting([a_group(leader.id).id], note=f"Suami {NAMED} dipukul orang")
    first = an_envelope(leader, "meeting", told)
    assert intake.receive(leader, [first])[0].status == "accepted"
    anew = sends(leader, "correction", told | {"corrects": first["id"], "women": [11]})
    assert anew.status == "accepted"
    assert places_of([NAMED]).keys() == {"fieldwork_meeting", "core_submission"}
    fieldwork.cover(supervisor, uuid.UUID(anew.id))
    assert places_of([NAMED]) == {}
    assert intake.receive(leader, [first])[0].status == "duplicate"
    assert places_of([NAMED]) == {}


def key_of(answer):
    return db.session.scalar(select(Submission.key).where(Submission.id == uuid.UUID(answer.id)))


def test_what_was_refused_before_and_told_anew_goes_too_also_in_other_words_and_from_another_phone(both):
    angkatan = an_angkatan()
    asks, answers, peer = (as_actor(a_member(angkatan, state="berjalan").person_id) for _ in range(3))
    thread = a_question(asks)
    assert says(answers, thread=str(uuid.uuid4()), text=f"Tanya {NAMED}, RT 3.").status == "rejected"
    assert says(peer, person=answers.id, thread=str(thread), text=f"Tanya {NAMED} saja.").status == "held"
    brought = says(peer, person=answers.id, thread=str(thread), text=f"Tanya {NAMED} lagi.")
    quarantine.turn_down(as_actor(someone("admin", "R4")), key_of(brought), (Fault("", "Bukan darinya."),))
    assert intake.receive(answers, [{"id": str(uuid.uuid4()), "payload": NAMED}])[0].status == "rejected"
    other = says(peer, thread=str(uuid.uuid4()), text="Ini tetap ada.")
    told = sends(answers, "meeting", a_meeting([1], note="Laporan ini tetap ada."))
    assert (other.status, told.status) == ("rejected", "rejected")
    post = an_answer(answers, thread, f"Tanya saja {NAMED} di RT 3.")
    forum.cover(as_actor(someone("widyaiswara", "R4")), post)
    assert places_of([NAMED]) == {}
    assert places_of(["Ini tetap ada"]).keys() == {"core_submission"}
    assert places_of(["Laporan ini tetap ada"]).keys() == {"core_submission"}
    assert journal.tally(answers.id) == {"accepted": 1, "rejected": 2, "malformed": 1}


def test_a_report_that_was_refused_and_sent_anew_keeps_its_words_nowhere(both):
    leader, supervisor = as_actor(a_pendamping()), as_actor(someone("supervisor", KAPUAS))
    supervised(supervisor.id, leader.id)
    told = a_meeting([a_group(leader.id).id], note=f"Suami {NAMED} dipukul orang")
    assert sends(leader, "meeting", told | {"women": [9999]}).status == "rejected"
    anew = sends(leader, "meeting", told)
    assert anew.status == "accepted"
    fieldwork.cover(supervisor, uuid.UUID(anew.id))
    assert places_of([NAMED]) == {}
