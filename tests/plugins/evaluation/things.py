"""What the table of routes needs of evaluation: a wave that asks the pendamping, and an instrument with a draft."""

from datetime import timedelta

from p2k2lms.core import clock
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.identity import service as identity
from tests.access.world import World
from tests.factories.evaluation import the_instruments


def things(world: World) -> dict[str, object]:
    """The wave, the sheet of the pendamping in it, and a question of a draft."""
    actor, today = world.actor("evaluator"), clock.today()
    unit = identity.home_unit(world.person("pendamping"), today)
    plan = service.WavePlan(
        code="KHUSUS",
        title="Semua pendamping",
        version_id=the_instruments()["em-alumni"].id,
        unit_id=unit.id,
        anchor=today,
        until=today,
        opens=today,
        closes=today + timedelta(days=7),
    )
    wave = service.make_wave(actor, plan)
    service.draft(actor, "reaksi")
    pendamping = world.actor("pendamping")
    return {
        "wave_id": wave.id,
        "version_id": wave.version_id,
        "assignment_id": service.tasks(pendamping)[0].assignment.id,
        "evaluation.instrument:code": "reaksi",
        **{f"evaluation.{name}:code": "reaksi" for name in ("draft", "discard", "try_out", "publish", "question")},
        **{f"evaluation.{name}:code": "reaksi" for name in ("new_question", "remove_question")},
        "question": "R1",
        "evaluation.trend:code": "reaksi",
        "evaluation.trial:code": "em-alumni",
    }
