"""The description of the API is whole: every reference leads somewhere, every declared kind is in it."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from p2k2lms.core.submissions import SubmissionKind
from p2k2lms.web import openapi


class Inner(BaseModel):
    number: int


class Outer(BaseModel):
    inner: list[Inner]


def references(thing: Any) -> Iterator[str]:
    if isinstance(thing, dict):
        yield from ([thing["$ref"]] if "$ref" in thing else [])
        for value in thing.values():
            yield from references(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from references(value)


def test_anyone_may_read_it_and_keep_it_a_while(browser):
    answer = browser.get("/api/v1/openapi.json")
    assert answer.json["openapi"] == "3.1.0"
    assert "public" in answer.headers["Cache-Control"]


def test_every_reference_leads_somewhere():
    document = openapi.document({"test.deep": SubmissionKind("test.deep", {1: Outer, 2: Outer}, lambda *_: [])})
    schemas = document["components"]["schemas"]
    assert {"Envelope", "Answer", "Problem", "Inner", "test.deep.v1", "test.deep.v2"} <= set(schemas)
    assert {r.removeprefix("#/components/schemas/") for r in references(document)} <= set(schemas)


def test_every_path_of_the_shell_that_it_names_exists_and_every_answer_is_described(app):
    document = openapi.document(app.extensions["submission_kinds"])
    rules = {rule.rule: rule.methods for rule in app.url_map.iter_rules()}
    for path, verbs in document["paths"].items():
        for verb, operation in verbs.items():
            assert verb.upper() in rules[path]
            assert operation["summary"]
            assert all(answer["description"] for answer in operation["responses"].values())
