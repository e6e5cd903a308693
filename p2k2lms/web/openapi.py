"""The description of the API in OpenAPI 3.1, made from the pydantic models that check what comes in."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from flask import Flask
from pydantic import BaseModel

from p2k2lms.core.intake import MOST
from p2k2lms.core.submissions import Envelope, SubmissionKind

ROOT = "/api/v1/"
VARIABLE = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
View = TypeVar("View", bound=Callable[..., object])
Door = tuple[str, str, Callable[..., object]]  # the rule, the verb and the view
REF = "#/components/schemas/{model}"
TEXT: dict[str, Any] = {"type": "string"}
PROBLEM = {
    "type": "object",
    "required": ["status", "code", "title", "message"],
    "properties": {"status": {"type": "integer"}, "code": TEXT, "title": TEXT, "message": TEXT},
}
ANSWER = {
    "type": "object",
    "required": ["id", "status", "receipt", "received_at", "faults", "flags"],
    "properties": {
        "id": TEXT,
        "status": {"enum": ["accepted", "duplicate", "rejected", "held"]},
        "receipt": TEXT,
        "received_at": {"type": ["string", "null"], "format": "date-time"},
        "faults": {"type": "array", "items": {"type": "object", "properties": {"field": TEXT, "message": TEXT}}},
        "flags": {"type": "array", "items": TEXT},
    },
}


def takes_in(body: type[BaseModel] | str) -> Callable[[View], View]:
    """This door of the API takes a model as JSON, or bytes of a media type; stands above `@requires`."""

    def marked(view: View) -> View:
        view.takes_in = body  # type: ignore[attr-defined]
        return view

    return marked


def doors(app: Flask) -> list[Door]:
    """Every rule of the API that the URL map has, with each of its verbs and its view."""
    rules = sorted((one for one in app.url_map.iter_rules() if one.rule.startswith(ROOT)), key=lambda one: one.rule)
    return [
        (one.rule, verb.lower(), app.view_functions[one.endpoint])
        for one in rules
        for verb in sorted((one.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def path_of(rule: str) -> str:
    """A rule of the URL map as OpenAPI writes it: `/paket/{course}`."""
    return VARIABLE.sub(r"{\2}", rule)


def document(kinds: Mapping[str, SubmissionKind], api: Iterable[Door] = ()) -> dict[str, Any]:
    """The whole description: the payload of every declared kind and version, and every door of the API."""
    schemas: dict[str, Any] = {"Problem": PROBLEM, "Answer": ANSWER}
    envelope = _schema(Envelope, schemas)
    payloads = {}
    for kind in sorted(kinds.values(), key=lambda k: k.name):
        for v, model in sorted(kind.versions.items()):
            payloads[f"{kind.name}.v{v}"] = _schema(model, schemas)
    schemas |= {"Envelope": envelope, **payloads}
    paths: dict[str, dict[str, Any]] = {}
    for rule, verb, view in api:
        paths.setdefault(path_of(rule), {})[verb] = _door(rule, verb, view, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "p2k2lms",
            "version": "1",
            "description": "One door for what people send; answers by receipt.",
        },
        "components": {"schemas": schemas, "securitySchemes": _SECURITY},
        "security": [{"session": [], "csrf": []}],
        "paths": {
            **paths,
            "/api/v1/kiriman": {"post": _post_submissions(sorted(payloads))},
            "/api/v1/token": {"get": _get_token()},
            "/api/v1/openapi.json": {
                "get": {"summary": "This document", "security": [], "responses": {"200": _json({})}}
            },
        },
    }


def _door(rule: str, verb: str, view: Callable[..., object], schemas: dict[str, Any]) -> dict[str, Any]:
    """A door as its view says it: the first line of its docstring, the parts of its address, what it takes in."""
    problem = _ref("Problem")
    told: dict[str, Any] = {
        "summary": (view.__doc__ or "").strip().partition("\n")[0],
        "responses": {
            "200": _json({}),
            "401": _json(problem, "Not signed in"),
            "403": _json(problem, "Not for this role"),
            "404": _json(problem, "Not there, or not within one's scope"),
        },
    }
    if verb == "get":
        told["security"] = [{"session": []}]
    if named := VARIABLE.findall(rule):
        told["parameters"] = [_parameter(name, converter) for converter, name in named]
    if body := getattr(view, "takes_in", None):
        told["requestBody"] = {"required": True, **_body(body, schemas)}
        told["responses"] |= {"400": _json(problem, "The token is missing"), "422": _json(problem, "Not readable")}
    return told


def _parameter(name: str, converter: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "integer"} if converter == "int" else TEXT}


def _body(body: type[BaseModel] | str, schemas: dict[str, Any]) -> dict[str, Any]:
    if isinstance(body, str):
        return {"content": {body: {"schema": {"type": "string", "format": "binary"}}}}
    schemas[body.__name__] = _schema(body, schemas)
    return _json(_ref(body.__name__), body.__name__)


_SECURITY = {
    "session": {"type": "apiKey", "in": "cookie", "name": "session"},
    "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRFToken"},
}


def _schema(model: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    """The schema of a model; what it refers to joins the others."""
    schema: dict[str, Any] = model.model_json_schema(ref_template=REF)
    schemas |= schema.pop("$defs", {})
    return schema


def _ref(name: str) -> dict[str, str]:
    return {"$ref": REF.format(model=name)}


def _json(schema: Any, description: str = "OK") -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _list_of(name: str, key: str, **limits: int) -> dict[str, Any]:
    items = {"type": "array", "items": _ref(name), **limits}
    return {"type": "object", "required": [key], "properties": {key: items}}


def _post_submissions(payloads: list[str]) -> dict[str, Any]:
    problem = _ref("Problem")
    return {
        "summary": "Send up to 100 submissions; each is taken in its own transaction, in order",
        "description": "`payload` is checked by the schema of its kind and version: " + ", ".join(payloads),
        "requestBody": {"required": True, **_json(_list_of("Envelope", "kiriman", maxItems=MOST), "Envelopes")},
        "responses": {
            "200": _json(
                _list_of("Answer", "jawaban"),
                "One answer for each, in the same order; what has none was not taken: send it again after Retry-After",
            ),
            "400": _json(problem, "The token is missing or old, or the page is of another site"),
            "401": _json(problem, "Not signed in: keep everything and sign in again"),
            "413": _json(problem, "More than 2 MB"),
            "422": _json(problem, "Not readable, or too many at once"),
        },
    }


def _get_token() -> dict[str, Any]:
    said = {"type": "object", "properties": {"token": TEXT, "person": {"type": "integer"}}}
    return {
        "summary": "A fresh CSRF token for a page kept on the phone",
        "responses": {"200": _json(said), "401": _json(_ref("Problem"), "Not signed in")},
    }
