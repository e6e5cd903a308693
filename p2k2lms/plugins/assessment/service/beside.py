"""What stands beside items and cards while they are written: figures of an item, the items of a card."""

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.permissions import LIST_ITEMS
from p2k2lms.plugins.assessment.rules import clinic
from p2k2lms.plugins.assessment.service.clinic import sat_items
from p2k2lms.plugins.assessment.values import Item
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import ItemDef


def item_figures(actor: Actor, course: str, item: str) -> clinic.Figures | None:
    """How an item fared in the first post-tests, as it was last answered: sums, of no person and no class.

    None where nobody has answered it.
    """
    require(actor, LIST_ITEMS, course)
    papers = queries.papers_with(item)
    frozen = {key: Item.thawed(body) for key, body in papers.bodies.items()}
    answered = [sat for sat in sat_items(papers, frozen) if sat.marks and frozen[int(sat.item)].id == item]
    return clinic.judged(max(answered, key=lambda sat: int(sat.item))) if answered else None


def items_of_card(actor: Actor, course: str, step: str) -> list[ItemDef]:
    """The published items that send back to this card."""
    require(actor, LIST_ITEMS, course)
    try:
        published = catalogue.items(catalogue.latest(course).id)
    except NotFound:
        return []
    return [item for item in published if item.reread == step]
