"""What the tests of the shell share: a submission kind of their own, and strict CSRF."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from pydantic import BaseModel

from p2k2lms.core.errors import Invalid
from p2k2lms.core.submissions import SubmissionKind


class Note(BaseModel):
    """The payload of the test kind."""

    text: str


def write_note(actor: Any, sent: Any, note: Note) -> list[str]:
    """Accept everything but the word of refusal."""
    if note.text == "salah":
        raise Invalid("Kata ini tidak dapat diterima.", "text")
    if note.text == "rusak":
        raise LookupError("a fault of ours")
    return []


@pytest.fixture
def notes(app) -> Iterator[None]:
    """The app takes the kind `test.note` for the length of a test."""
    kinds = app.extensions["submission_kinds"]
    kinds["test.note"] = SubmissionKind("test.note", {1: Note}, write_note, title="Catatan uji")
    yield
    del kinds["test.note"]


@pytest.fixture
def strict(app, monkeypatch) -> None:
    """Tokens are asked for, as they are outside the tests."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


@pytest.fixture
def envelope() -> Callable[..., dict[str, Any]]:
    """`envelope(text="...")`: one that phone 1 of person 1 would send."""

    def make(text: str = "baik", **changes: Any) -> dict[str, Any]:
        plain = {"id": str(uuid4()), "kind": "test.note", "v": 1, "person": 1, "device": "hp-uji", "seq": 1}
        return {**plain, "occurred_at": "2026-11-21T10:42:00+08:00", "payload": {"text": text}, **changes}

    return make
