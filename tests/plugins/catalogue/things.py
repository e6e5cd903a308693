"""What the table of routes needs of the catalogue: cards of the tiny course."""

from tests.access.world import World

CARD = "tf-s01-l02"


def things(world: World) -> dict[str, object]:
    """A card in the middle of its sesi, for every page that names one."""
    cards = {f"catalogue.{page}:step": CARD for page in ("autosave", "card", "history", "picture")}
    cards["catalogue.roll_back:number"] = 1
    return cards | {f"catalogue.{page}:sesi": "tf-s01" for page in ("look", "sesi", "sesi_rubric")}
