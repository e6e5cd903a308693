"""Fixtures of the machinery's tests: the platform with the trial plugin."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from tests.core.trial import NOON, with_trial


@pytest.fixture
def trial(both) -> Iterator[Flask]:
    """The platform with the trial plugin, on each engine."""
    with with_trial(both):
        yield both


@pytest.fixture
def envelope() -> Callable[..., dict[str, Any]]:
    """`envelope(text="...", person=2)`: one envelope of the trial kind, with a fresh id."""

    def make(text: str = "halo", **changes: Any) -> dict[str, Any]:
        plain = {
            "id": str(uuid.uuid4()),
            "kind": "trial.note",
            "v": 2,
            "person": 1,
            "device": "HP uji",
            "seq": 1,
            "occurred_at": NOON.isoformat(),
            "payload": {"text": text},
        }
        return {**plain, **changes}

    return make
