"""On the page of a group stands whether its leader is ready for the next sesi: for himself and who looks after him."""

import pytest

from p2k2lms.plugins.progress import panels
from tests.conftest import WHO_ACTS
from tests.factories.assessment import sit
from tests.factories.coaching import a_walk, watches
from tests.factories.delivery import reads
from tests.factories.enrolment import KAPUAS
from tests.factories.fieldwork import a_group, a_pendamping
from tests.factories.identity import as_actor, someone
from tests.plugins.progress.paths import facts_of

READY, NOT_YET = "Siap memimpin sesi 1", "Belum siap memimpin sesi 1"


@pytest.fixture
def walk(app):
    """A pendamping of Kapuas on a path, with the own supervisor."""
    return a_walk(unit=KAPUAS)


def test_the_leader_and_the_supervisor_see_what_lacks_and_then_that_nothing_does(walk, sign_in):
    url = f"/lapangan/{a_group(walk.learner.id).id}"
    for actor in (walk.learner, walk.coach, as_actor(someone("koordinator", KAPUAS))):
        page = sign_in(actor).get(url).text
        assert NOT_YET in page
        assert "Kurang: kartu sesi ini, cek cepat, praktik yang diamati." in page
    card = facts_of(walk)
    reads(walk.learner, card, ["tf-s01-l01", "tf-s01-l02", "tf-s01-l03", "m1-s01-l01", "m1-s01-l02", "m1-s01-l03"])
    sit(walk.learner, card.id, "cek", sesi="m1-s01")
    watches(walk.coach, walk.learner.id, walk.version_id, scores="223")
    for actor in (walk.learner, walk.coach):
        page = sign_in(actor).get(url).text
        assert (READY in page, NOT_YET in page) == (True, False)


def test_nothing_is_said_of_somebody_whom_the_reader_may_not_see(walk, app, monkeypatch):
    about = (walk.learner.id, walk.path.course, walk.version_id, "m1-s01")
    for actor in (as_actor(a_pendamping()), as_actor(someone("supervisor", KAPUAS))):
        monkeypatch.setattr(panels, "current_actor", lambda actor=actor: actor)
        assert panels.group_page(*about) == ""


@pytest.mark.parametrize("who", ["learner", "coach", "koordinator"])
def test_the_page_asks_at_most_six_things(walk, sign_in, count_queries, who):
    url = f"/lapangan/{a_group(walk.learner.id).id}"
    page = sign_in(getattr(walk, who, None) or as_actor(someone("koordinator", KAPUAS)))
    page.get(url)
    with count_queries() as asked:
        assert NOT_YET in page.get(url).text
    assert len(asked) + WHO_ACTS <= 6, asked
