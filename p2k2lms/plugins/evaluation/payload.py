"""The shape of a reply as a phone or a plain form sends it: one field for each answer, named by its question."""

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from p2k2lms.core.i18n import _

ANSWER = re.compile(r"[A-Z]{1,3}[0-9]{0,2}[a-z]?(\?|\.[a-z0-9-]{1,30})?")
MOST, LONGEST = 200, 1200


class ReplyPayload(BaseModel):
    """`assignment`, how long it took, what the respondent wants to add, and the answers (`A1`, `E1.m3`, `A1?`)."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    assignment: int = Field(ge=1, le=2**31 - 1)
    seconds: int | None = Field(None, ge=0, le=2**31 - 1)
    comment: str = Field("", max_length=500)
    answers: dict[str, str | list[str]] = Field(default_factory=dict, max_length=MOST)

    @model_validator(mode="before")
    @classmethod
    def _answers_stand_apart(cls, said: Any) -> Any:
        """Gather the fields that are called like a question; anything else unknown is refused."""
        if not isinstance(said, dict) or "answers" in said:
            return said
        answers = {name: value for name, value in said.items() if isinstance(name, str) and ANSWER.fullmatch(name)}
        return {**{name: value for name, value in said.items() if name not in answers}, "answers": answers}

    @model_validator(mode="after")
    def _short_enough(self) -> "ReplyPayload":
        for said in self.answers.values():
            if sum(map(len, said if isinstance(said, list) else [said])) > LONGEST:
                raise ValueError(_("paling banyak %(most)s huruf", most=LONGEST))
        return self
