"""What the table of routes needs of the dashboards: an alert about the pendamping, and the unit here."""

from p2k2lms.core import clock
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.dashboards.models import Alert
from p2k2lms.plugins.identity import service as identity
from tests.access.world import World


def things(world: World) -> dict[str, object]:
    """One that is open."""
    unit = identity.unit_by_code("62.03")
    about = {"rule": "A-01", "subject": "person:1", "person_id": world.person("pendamping"), "url": "/", "params": {}}
    with unit_of_work("test.alert") as uow:
        row = Alert(unit_id=unit.id, unit_path=unit.path, opened_on=clock.today(), **about)
        return {"alert_id": uow.add(row).id, "dashboards.unit:code": "62.03"}
