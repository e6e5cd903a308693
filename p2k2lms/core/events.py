"""Facts that plugins publish, and the bus that carries them upward."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, named in the past tense, holding ids and values only."""


Reaction = Callable[[Any], None]


class EventBus:
    """Who listens to what; filled once, from the plugins' declarations."""

    def __init__(self) -> None:
        self._reactions: dict[type[Event], list[Reaction]] = defaultdict(list)

    def subscribe(self, event_type: type[Event], reaction: Reaction) -> None:
        self._reactions[event_type].append(reaction)

    def deliver(self, event: Event) -> None:
        """Call each reaction to this event, or to a kind that it belongs to."""
        for kind in type(event).__mro__:
            for reaction in self._reactions.get(kind, ()):
                reaction(event)
