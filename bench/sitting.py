"""One person who sits a test of twenty questions, as a phone does it and as a browser without script does."""

import itertools
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

from bench.client import Client, Form, forms

CHOICE = re.compile(r'type="(radio|checkbox)" name="answer" value="([^"]+)"')
SELECT = re.compile(r'<select[^>]*name="answer\.([^"]+)">(.*?)</select>', re.S)
OPTION = re.compile(r'<option(?: value="([^"]+)")?[^>]*>([^<]*)<')


class Learner:
    """A person signed in, with a fresh token for what the phone sends."""

    def __init__(self, port: int, name: str) -> None:
        self.client = Client(port)
        self.client.sign_in(name)
        token = self.client.get("/api/v1/token")
        self.token = re.findall(r'"token":\s*"([^"]+)"', token)[0]
        self.person = int(re.findall(r'"person":\s*(\d+)', token)[0])
        self.seq = itertools.count(1)

    def envelope(self, kind: str, payload: dict[str, object]) -> dict[str, object]:
        """What the phone makes of one answer."""
        said = {"id": str(uuid.uuid4()), "kind": kind, "v": 1, "person": self.person, "device": "hp-ukur"}
        return said | {"seq": next(self.seq), "occurred_at": datetime.now(UTC).isoformat(), "payload": payload}

    def answers(self, attempt: int, page: str) -> list[dict[str, object]]:
        """An answer to every question of a page, as payloads."""
        asked = [form for form in forms(page) if "item" in form.fields]
        return [{"attempt": attempt, "item": form.fields["item"], "answer": _answer(form)} for form in asked]


def begin(learner: Learner) -> tuple[int, str]:
    """Begin the pre-test from the list of tests, by the page before it; the attempt and its first page."""
    way = next(re.finditer(r'href="(/tes/mulai/\d+/pre)"', learner.client.get("/tes")))
    form = next(form for form in forms(learner.client.get(way[1])) if "/pre" in form.action)
    path, page = learner.client.follow("POST", form.action, form.fields)
    return int(path.split("/")[2].partition("?")[0]), page


def on_a_phone(learner: Learner) -> None:
    """All questions on one page, each answer sent on its own, then handed in and reviewed."""
    attempt, _ = begin(learner)
    page = learner.client.get(f"/tes/{attempt}/semua")
    for payload in learner.answers(attempt, page):
        learner.client.send([learner.envelope("assessment.answer", payload)], learner.token)
    learner.client.send([learner.envelope("assessment.finish", {"attempt": attempt})], learner.token)
    learner.client.get(f"/tes/{attempt}/hasil")


def without_script(learner: Learner) -> None:
    """One question a page, each answer a form, then handed in and reviewed."""
    attempt, page = begin(learner)
    path = ""
    while not path.endswith("/kumpulkan"):
        form = next(form for form in forms(page) if "item" in form.fields)
        onward = re.findall(r'name="sent_go" value="(\d+|kumpulkan)"', page)[-1]
        path, page = learner.client.follow("POST", form.action, form.fields | dict(_fields(form)) | {"sent_go": onward})
    form = next(form for form in forms(page) if "/kumpulkan" in form.action)
    path, _ = learner.client.follow("POST", form.action, form.fields)
    if not path.endswith("/hasil"):
        raise RuntimeError(f"attempt {attempt} was not handed in: {path}")


def _fields(form: Form) -> Iterator[tuple[str, str]]:
    """The fields of a plausible answer."""
    if choices := CHOICE.findall(form.body):
        yield "answer", choices[0][1]
    for number, (name, options) in enumerate(SELECT.findall(form.body)):
        values = [value or text for value, text in OPTION.findall(options) if (value or text).strip("–")]
        values = [value for value in values if value != "Pilih"]
        yield f"answer.{name}", values[number % len(values)]


def _answer(form: Form) -> object:
    """The same as a phone sends it."""
    fields = dict(_fields(form))
    if "answer" in fields:
        return [fields["answer"]] if 'type="checkbox" name="answer"' in form.body else fields["answer"]
    return {name.partition(".")[2]: value for name, value in fields.items()}
