"""A role-play scene as its learner plays it: the state of a play is its way, so looking changes nothing."""

from p2k2lms.core.access import Actor
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import SceneDef
from p2k2lms.plugins.delivery import queries, rules
from p2k2lms.plugins.delivery.service.reading import own_enrolment
from p2k2lms.plugins.delivery.values import NOBODYS, SceneResult, SceneView
from p2k2lms.plugins.enrolment.values import EnrolmentCard


def play(actor: Actor, course: str, name: str, way: str) -> SceneView:
    """A scene of the version in which the actor is enrolled, after these choices; NotFound where there is none such."""
    card = own_enrolment(actor, course)
    whole = catalogue.outline(card.version_id)
    scene, sesi = catalogue.scenes(card.version_id).get(name), rules.sesi_of_scene(whole, name)
    if scene is None or sesi is None:
        raise NotFound("scene")
    try:
        walk = rules.walk(scene, way)
    except rules.NoSuchWay as problem:
        raise NotFound("way") from problem
    read = queries.read_steps(card.person_id, course) if card.id != NOBODYS else frozenset(whole.steps)
    return SceneView(
        enrolment=card,
        sesi=sesi,
        scene=scene,
        walk=walk,
        result=rules.result(walk.taken),
        last=_last(card, scene) if not walk.taken else None,
        behaviours=behaviours(card.version_id),
        lock=rules.sesi_lock(whole, sesi.id, read),
    )


def behaviours(version_id: int) -> dict[str, str]:
    """The titles of the observed behaviours by their id."""
    rubric = catalogue.rubric(version_id)
    return {behaviour.id: behaviour.title for behaviour in rubric.behaviours} if rubric else {}


def _last(card: EnrolmentCard, scene: SceneDef) -> SceneResult | None:
    """What the play kept last showed; None without one, or when the scene has changed since."""
    row = queries.play_row(card.person_id, card.course, scene.id) if card.id != NOBODYS else None
    try:
        return rules.result(rules.walk(scene, row.way).taken) if row is not None else None
    except rules.NoSuchWay:
        return None
