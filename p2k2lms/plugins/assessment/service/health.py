"""Which tests need mending wherever they are sat: items that the able get wrong, forms that tell nobody apart."""

from collections.abc import Iterator
from dataclasses import dataclass

from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.rules import clinic, quality
from p2k2lms.plugins.assessment.service.clinic import differs, sat_items
from p2k2lms.plugins.assessment.service.quality import form_marks
from p2k2lms.plugins.assessment.values import Item
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import VersionCard


@dataclass(frozen=True)
class TurnedItem:
    """A frozen item with a discrimination below nothing, in percent, though it was answered often enough."""

    version: VersionCard
    key: int
    item: str
    answers: int
    discrimination: float


@dataclass(frozen=True)
class WeakForm:
    """A form whose reliability (CIC) is below what marks need to mean something, in percent."""

    version: VersionCard
    form: str
    papers: int
    alpha: float


def judged_versions() -> list[VersionCard]:
    """Of each course the newest version that enough people sat to judge its tests."""
    return [catalogue.version(version_id) for version_id in queries.versions_sat(clinic.PROVISIONAL)]


def turned_items(version: VersionCard) -> Iterator[TurnedItem]:
    """What is still asked as it was when it failed; the newest version may have mended it already, or dropped it."""
    papers = queries.papers_of_version(version.id)
    items = {key: Item.thawed(body) for key, body in papers.bodies.items()}
    now = {item.id: item for item in catalogue.items(catalogue.latest(version.course).id)}
    for figures in map(clinic.judged, sat_items(papers, items)):
        item = items[int(figures.item)]
        if figures.turned and item.id in now and not differs(item, now[item.id]):
            yield TurnedItem(version, int(figures.item), item.id, figures.size, figures.discrimination)


def weak_forms(version: VersionCard) -> Iterator[WeakForm]:
    """Both forms of the version are judged, each on its own papers."""
    for form in queries.form_papers(version.id):
        figures = quality.form_figures(form.name, form_marks(form))
        if figures.band == quality.LOW:
            yield WeakForm(version, form.name, figures.papers, figures.alpha)
