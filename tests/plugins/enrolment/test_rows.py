"""How many rows the lists of classes read, however many people sit and work in them."""

import pytest

from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment import queries, service
from p2k2lms.plugins.enrolment.models import AngkatanStaff, Enrolment
from p2k2lms.plugins.enrolment.values import RUNNING, TRAINER
from tests import databases
from tests.factories.enrolment import BANJAR, an_angkatan, the_course
from tests.factories.identity import as_actor, many_people, the_units

TRAINERS, LEARNERS, CLASSES = 8, 60, 3


@pytest.fixture
def trainer(postgres_app):
    """One of eight who work in three classes of sixty."""
    with databases.clean(postgres_app):
        the_units()
        trainers = many_people("widyaiswara", ["R4"] * TRAINERS, [{"pkh_id": f"wi{n}"} for n in range(TRAINERS)])
        learners = many_people("pendamping", [BANJAR] * LEARNERS, [{} for _n in range(LEARNERS)])
        same = {"course": the_course().course, "version_id": the_course().id, "state": RUNNING}
        for _n in range(CLASSES):
            here = {"angkatan_id": an_angkatan().id}
            with unit_of_work("test.fill_class"):
                queries.insert_many(AngkatanStaff, [{**here, "person_id": one, "role": TRAINER} for one in trainers])
                queries.insert_many(Enrolment, [{**here, **same, "person_id": one} for one in learners])
        yield as_actor(trainers[0])


def test_members_are_counted_once_for_each_class_however_many_teach_in_it(trainer):
    read = databases.most_rows(lambda: service.trains(trainer))
    assert [(card.taken, len(card.staff)) for card in service.trains(trainer)] == [(LEARNERS, TRAINERS)] * CLASSES
    assert CLASSES * LEARNERS <= read < 2 * CLASSES * LEARNERS
