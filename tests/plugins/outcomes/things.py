"""What the table of routes needs of the outcomes: the figures of Kapuas, one indicator there, a plan and a release."""

from datetime import date

from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.outcomes import service
from p2k2lms.plugins.outcomes.models import Release
from p2k2lms.plugins.outcomes.rules.release import pack
from tests.access.world import World
from tests.factories.worlds import a_plan


def things(world: World) -> dict[str, object]:
    """Addresses alone: figures need not be counted to be asked for; a plan of the evaluator's own unit."""
    evaluator = world.actor("evaluator")
    plan_id = service.register(evaluator, a_plan(), evaluator.postings[0].unit_id)
    with unit_of_work("test.a_release") as uow:
        told = {"verdict": "sedikit", "sizes": {"kabupaten": 0, "trained": 0, "untrained": 0}}
        content = pack(a_plan().body(), "", told)
        frozen = Release(plan_id=plan_id, month=date(2026, 10, 1), sha="0" * 64, content=content)
        release_id = uow.add(frozen).id
    pages = ("unit", "indicator", "report", "centre_levels", "centre_sheet")
    figures = {f"outcomes.{page}:code": "62.03" for page in pages}
    return figures | {"outcomes.indicator:key": "L3-01", "form": "csv", "plan_id": plan_id, "release_id": release_id}
