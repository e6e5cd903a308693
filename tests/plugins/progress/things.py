"""What the table of routes needs of progress: a path that was finished, for who decides about it."""

from datetime import timedelta

from p2k2lms.core import clock
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.coaching.models import CoachingPath
from p2k2lms.plugins.enrolment import service as enrolment
from tests.access.world import World
from tests.factories.enrolment import the_course
from tests.factories.identity import someone


def things(world: World) -> dict[str, object]:
    """One that waits for a decision, of somebody who works here."""
    person, course, since = someone("pendamping", "62.03"), the_course(), clock.today() - timedelta(days=60)
    with unit_of_work("test.a_finished_path") as uow:
        told = {"course": course.course, "version_id": course.id, "template_id": world.ids["template_id"]}
        span = {"valid_from": since, "valid_to": clock.today()}
        path = uow.add(CoachingPath(person_id=person, state="selesai", **told, **span))
        path.enrolment_id = enrolment.begin_path(path.id, person, course.course, course.id)
        return {"progress_paths.decide:path_id": path.id}
