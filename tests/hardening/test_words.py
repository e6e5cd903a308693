"""Whatever is typed into any text field of any page: nothing falls over, nothing is lost, all of it stays text."""

import json
from collections.abc import Iterator

import pytest

from p2k2lms.core import clock
from p2k2lms.core.db import db
from tests import databases
from tests.access import table
from tests.access.world import NOON, World
from tests.architecture.source import ROOT
from tests.hardening import forms
from tests.hardening.forms import Form
from tests.hardening.test_unseen import UNSEEN
from tests.hardening.test_uploads import UPLOADS

ODD: dict[str, dict[str, str]] = json.loads((ROOT / "tests/data/words/odd.json").read_text("utf-8"))
ROUNDS = {kind: " ".join(texts.values()) for kind, texts in ODD.items()}
# A browser stops where `maxlength` says, so of these it only matters that nothing falls over.
ROUNDS |= {"long": "x" * 10_000}
FINAL = (
    "cancel",
    "revoke",
    "close",
    "decide",
    "end_",
    "excuse",
    "settle",
    "skip",
    "sign",
    "split",
    "merge",
    "password",
)
SECRET = {"password", "current", "new", "again"}  # fields that no page gives back


def plain(text: str) -> str:
    """What a browser shows of a text, and a form hands back."""
    return " ".join(text.replace("\x00", "").split())


def in_order(found: list[Form]) -> list[Form]:
    """Those that end something come last."""
    return sorted(found, key=lambda form: any(word in form.endpoint.split(".")[1] for word in FINAL))


def typed(world: World, form: Form, texts: dict[str, str]) -> tuple[int, str]:
    """The status of sending a form with these texts, and the page that comes back."""
    answer = world.client(form.role, "own").post(form.action, data=form.filled(**texts), headers={"Referer": form.page})
    db.session.rollback()  # each request has a session of its own; here they share one
    return answer.status_code, answer.text if answer.mimetype == "text/html" else ""


def lost(form: Form, page: str, texts: dict[str, str]) -> Iterator[str]:
    """The names of those fields whose text does not stand in the refused form as it was typed."""
    again = [one for one in forms.read(form.page, page) if set(form.texts) <= set(one.texts)]
    for name, text in texts.items():
        shown = {plain(said) for one in again for said in one.fields.get(name, ())}
        if name not in SECRET and plain(text) and plain(text) not in shown:
            yield name


@pytest.mark.slow(reason="sends every form with every kind of odd text")
def test_no_form_falls_over_or_forgets_what_was_typed(postgres_world):
    """On PostgreSQL, the stricter of the two: it measures every text and refuses some signs."""
    faults = []
    with postgres_world.app.app_context(), clock.stopped(NOON):
        everywhere = forms.everywhere(postgres_world)
        shown = {form.endpoint for form in everywhere}
        found = [form for form in in_order(everywhere) if form.texts]
        for form in found:
            for called, text in ROUNDS.items():
                status, page = typed(postgres_world, form, dict.fromkeys(form.texts, text))
                if status >= 500:
                    faults.append((form.endpoint, called, status))
                elif any(part in page for part in ODD["markup"].values() if "<" in part):
                    faults.append((form.endpoint, called, "not escaped"))
                elif (
                    status == 422
                    and called != "long"
                    and (gone := list(lost(form, page, dict.fromkeys(form.texts, text))))
                ):
                    faults.append((form.endpoint, called, "lost", gone))
        databases.bring_back()
    assert len(found) > 50
    takes = {rule.endpoint for method, _plain, rule in table.routes(postgres_world.app) if method != "GET"}
    assert takes - shown == UNSEEN  # those have a test of their own
    assert {form.endpoint for form in everywhere if form.files} == set(UPLOADS)  # and those what is uploaded
    assert faults == [], "\n".join(map(str, faults))
