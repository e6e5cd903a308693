"""What the table of routes needs of the catalogue: a card of the tiny course."""

from tests.access.world import World


def things(world: World) -> dict[str, object]:
    """The first card of the first sesi."""
    return {"catalogue.card:step": "tf-s01-l01"}
