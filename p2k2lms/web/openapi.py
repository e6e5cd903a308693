"""The description of the API in OpenAPI 3.1, made from the pydantic models that check what comes in."""

from collections.abc import Mapping
from typing import Any

from p2k2lms.core.intake import MOST
from p2k2lms.core.submissions import Envelope, SubmissionKind

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


def document(kinds: Mapping[str, SubmissionKind]) -> dict[str, Any]:
    """The whole description, with the payload of every declared kind and version."""
    schemas: dict[str, Any] = {"Problem": PROBLEM, "Answer": ANSWER}
    envelope = _schema(Envelope, schemas)
    payloads = {}
    for kind in sorted(kinds.values(), key=lambda k: k.name):
        for v, model in sorted(kind.versions.items()):
            payloads[f"{kind.name}.v{v}"] = _schema(model, schemas)
    schemas |= {"Envelope": envelope, **payloads}
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
            "/api/v1/kiriman": {"post": _post_submissions(sorted(payloads))},
            "/api/v1/token": {"get": _get_token()},
            "/api/v1/openapi.json": {
                "get": {"summary": "This document", "security": [], "responses": {"200": _json({})}}
            },
        },
    }


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
            "200": _json(_list_of("Answer", "jawaban"), "One answer for each, in the same order"),
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
