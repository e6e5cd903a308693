"""What the table of routes needs of the forum: a question of the pendamping in the class, with an answer."""

from tests.access.world import World
from tests.factories.forum import a_question, an_answer


def things(world: World) -> dict[str, object]:
    """The thread, and an answer of the trainer's colleague that may be confirmed."""
    angkatan_id = world.ids["angkatan_id"]
    thread = a_question(world.actor("pendamping"), place=f"angkatan:{angkatan_id}")
    post = an_answer(world.actor("panitia"), thread)
    place = {"forum.place:kind": "angkatan", "forum.place:key": angkatan_id}
    return {"thread_id": thread, "post_id": post, **place}
