"""What the table of routes needs of the outcomes: the figures of Kapuas, and of one indicator there."""

from tests.access.world import World


def things(world: World) -> dict[str, object]:
    """Addresses alone: figures need not be counted to be asked for."""
    pages = ("unit", "indicator", "report")
    return {f"outcomes.{page}:code": "62.03" for page in pages} | {"outcomes.indicator:key": "L3-01", "form": "csv"}
