"""The description of the API is whole: every reference leads somewhere, every declared kind is in it."""

import re
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


def test_every_rule_of_the_api_is_described_and_nothing_else(app):
    described = openapi.document(app.extensions["submission_kinds"], openapi.doors(app))["paths"]
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1")]
    verbs = {(openapi.path_of(rule.rule), v) for rule in rules for v in rule.methods - {"HEAD", "OPTIONS"}}
    assert {(path, verb.upper()) for path, of_path in described.items() for verb in of_path} == verbs
    assert {("/api/v1/posisi", "PUT"), ("/api/v1/foto/{sha}", "PUT"), ("/api/v1/paket/{course}", "GET")} <= verbs


def test_every_door_says_what_it_is_for_its_answers_and_each_part_of_its_address(app, browser):
    document = browser.get("/api/v1/openapi.json").json
    schemas = document["components"]["schemas"]
    assert {r.removeprefix("#/components/schemas/") for r in references(document)} <= set(schemas)
    for path, verbs in document["paths"].items():
        for operation in verbs.values():
            assert operation["summary"], path
            assert all(answer["description"] for answer in operation["responses"].values())
            assert [part["name"] for part in operation.get("parameters", [])] == re.findall(r"{(\w+)}", path)


def test_what_a_door_takes_in_is_described_by_what_checks_it(browser):
    paths = browser.get("/api/v1/openapi.json").json["paths"]
    position = paths["/api/v1/posisi"]["put"]["requestBody"]["content"]["application/json"]["schema"]
    assert position == {"$ref": "#/components/schemas/PositionIn"}
    assert list(paths["/api/v1/foto/{sha}"]["put"]["requestBody"]["content"]) == ["image/*"]
    whole = paths["/api/v1/paket/lapangan/{version_id}/{name}.json"]["get"]["parameters"]
    assert [part["schema"]["type"] for part in whole] == ["integer", "string"]
