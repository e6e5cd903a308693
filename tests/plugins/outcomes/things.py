"""What the table of routes needs of the outcomes: the figures of Kapuas, one indicator there, and a plan."""

from p2k2lms.plugins.outcomes import service
from tests.access.world import World
from tests.factories.worlds import a_plan


def things(world: World) -> dict[str, object]:
    """Addresses alone: figures need not be counted to be asked for; a plan of the evaluator's own unit."""
    evaluator = world.actor("evaluator")
    plan_id = service.register(evaluator, a_plan(), evaluator.postings[0].unit_id)
    pages = ("unit", "indicator", "report")
    figures = {f"outcomes.{page}:code": "62.03" for page in pages}
    return figures | {"outcomes.indicator:key": "L3-01", "form": "csv", "plan_id": plan_id}
