"""Published parts kept ready in memory: a version never changes, so what was read once is read for good."""

import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app

from p2k2lms.plugins.catalogue.values.shape import Shape

LARGEST = 48_000_000  # bytes of JSON that one process keeps ready
P = TypeVar("P", bound=Shape)


def squeeze(part: bytes) -> bytes:
    """The form in which the database keeps a part."""
    return zlib.compress(part, 9)


class Shelf:
    """The parts used last, up to a total weight; the one unused longest leaves first."""

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._kept: OrderedDict[tuple[type[Shape], int], tuple[Any, int]] = OrderedDict()
        self._weight = 0
        self._lock = threading.Lock()

    def get(self, kind: type[P], version_id: int, load: Callable[[int], bytes | None]) -> P | None:
        """A part of a version, None where `load` finds no squeezed bytes of it."""
        with self._lock:
            if found := self._kept.get((kind, version_id)):
                self._kept.move_to_end((kind, version_id))
                part: P = found[0]
                return part
        squeezed = load(version_id)
        if squeezed is None:
            return None
        text = zlib.decompress(squeezed)
        part = kind.model_validate_json(text)
        self._put((kind, version_id), part, len(text))
        return part

    def _put(self, key: tuple[type[Shape], int], part: Shape, weight: int) -> None:
        with self._lock:
            self._drop(key)
            self._kept[key] = (part, weight)
            self._weight += weight
            while self._weight > self._largest and len(self._kept) > 1:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: tuple[type[Shape], int]) -> None:
        if key in self._kept:
            self._weight -= self._kept.pop(key)[1]

    def forget(self, version_id: int) -> None:
        """Let go of a number that is being given anew, as after a restored backup."""
        with self._lock:
            for key in [key for key in self._kept if key[1] == version_id]:
                self._drop(key)


def install(app: Flask) -> None:
    """Give the app its shelf."""
    app.extensions["catalogue_shelf"] = Shelf()


def shelf() -> Shelf:
    """The shelf of the running process."""
    found: Shelf = current_app.extensions["catalogue_shelf"]
    return found
