"""Whatever pydantic finds amiss is told in Indonesian."""

from typing import Literal, get_args

import pytest
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core.core_schema import ErrorType

from p2k2lms.core import faults


class Kept(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=2, max_length=4)
    number: int = Field(default=1, ge=1, lt=9)
    kind: Literal["a", "b", "c"] = "a"
    at: AwareDatetime | None = None
    many: list[int] = Field(default=[1], min_length=1)

    @field_validator("name")
    @classmethod
    def not_odd(cls, value: str) -> str:
        if value == "odd":
            raise ValueError("Nama ini aneh.")
        return value


@pytest.mark.parametrize(
    ("given", "field", "told"),
    [
        ({}, "name", "Belum diisi."),
        ({"name": "x"}, "name", "Paling sedikit 2 huruf."),
        ({"name": "xxxxx"}, "name", "Paling banyak 4 huruf."),
        ({"name": 5}, "name", "Isi dengan teks."),
        ({"name": "odd"}, "name", "Nama ini aneh."),
        ({"name": "ab", "more": 1}, "more", "Bagian ini tidak dikenal."),
        ({"name": "ab", "number": "x"}, "number", "Isi dengan angka bulat."),
        ({"name": "ab", "number": 0}, "number", "Paling kecil 1."),
        ({"name": "ab", "number": 9}, "number", "Harus kurang dari 9."),
        ({"name": "ab", "kind": "z"}, "kind", "Pilih salah satu: 'a', 'b', 'c'."),
        ({"name": "ab", "at": "2026-11-21T10:00"}, "at", "Jam perlu zona waktu, misalnya +08:00."),
        ({"name": "ab", "many": ["x"]}, "many.0", "Isi dengan angka bulat."),
        ({"name": "ab", "many": []}, "many", "Paling sedikit 1 butir."),
    ],
)
def test_a_fault_names_its_field_and_says_what_to_do(app, given, field, told):
    with pytest.raises(ValidationError) as caught:
        Kept.model_validate(given)
    assert [(f.field, f.message) for f in faults.of(caught.value)] == [(field, told)]


def test_no_type_of_fault_is_told_in_english(app):
    about = dict.fromkeys(("min_length", "max_length", "gt", "ge", "lt", "le", "expected"), 1)
    for kind in set(get_args(ErrorType)) - {"value_error", "assertion_error"}:
        said = faults.sentence(kind, about, "Input should be something")
        assert "Input" not in said, kind
        assert said.endswith("."), kind


def test_at_most_twenty_faults_are_told(app):
    with pytest.raises(ValidationError) as caught:
        Kept.model_validate({"name": "ab", "many": ["x"] * 50})
    assert len(faults.of(caught.value)) == 20
