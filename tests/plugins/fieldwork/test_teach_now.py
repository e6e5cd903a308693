"""After the last card of a sesi for families stands the way to teach it, for who holds groups."""

import pytest

from tests.conftest import WHO_ACTS
from tests.factories.catalogue import TINY
from tests.factories.enrolment import KAPUAS, a_member, an_angkatan, the_unit
from tests.factories.fieldwork import a_group, a_pendamping
from tests.factories.identity import as_actor

ASK = ">Ajarkan sesi ini<"
LAST, FIRST, TRAINING = "m1-s01/m1-s01-l03", "m1-s01/m1-s01-l01", "tf-s01/tf-s01-l03"


@pytest.fixture
def learner(app):
    """A pendamping who learns in a class."""
    the_unit(KAPUAS)
    actor = as_actor(a_pendamping())
    a_member(an_angkatan(), actor.id)
    return actor


def test_each_group_has_its_way_to_the_buku_langkah_after_the_last_card(learner, sign_in, count_queries):
    group = a_group(learner.id, name="Melati")
    page = sign_in(learner)
    page.get(f"/belajar/{TINY}/{LAST}")
    with count_queries() as asked:
        said = page.get(f"/belajar/{TINY}/{LAST}").text
    assert len(asked) + WHO_ACTS <= 6, asked
    assert f'href="/lapangan/{group.id}/ajar/m1-s01"' in said.partition(ASK)[2]
    for other in (FIRST, TRAINING):
        assert ASK not in page.get(f"/belajar/{TINY}/{other}").text


def test_who_holds_no_group_is_not_asked_to_teach(learner, sign_in):
    a_group(a_pendamping())
    assert ASK not in sign_in(learner).get(f"/belajar/{TINY}/{LAST}").text
