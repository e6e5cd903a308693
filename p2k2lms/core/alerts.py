"""What an alert rule is: a plugin that holds the facts says who or what needs somebody, and for whom."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import current_app

CALL, VISIT, TOGETHER, PRAISE = "telepon", "kunjungi", "bersama", "puji"
"""What a rule suggests to do: call, visit, open a page together, praise."""


@dataclass(frozen=True)
class Finding:
    """One subject for which a rule holds today, named `person:12` or `group:7`.

    An empty `unit_path` says that who leads the unit is not told yet, only the supervisor of the person.
    `person_id` is the pendamping whom it is about, `params` fill the texts of the rule, `url` leads to where one can
    do something. Nothing personal stands in `params`: the page asks for names itself.
    """

    subject: str
    unit_id: int
    unit_path: str
    url: str
    person_id: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AlertRule:
    """`title` says what is so, `advice` what to do; lazy strings with {names} for the params of a finding.

    `owner` is the role whose list it stands on, in the unit of the finding; empty for who leads people: a supervisor,
    then a koordinator. `name` is what the rule is called where it is measured; `message` is a text ready to be sent to
    the person, with {name} for who it is about and {me} for who writes, in Indonesian always; `act` is one of the acts.
    Found at night, it is read by anybody: `words` puts what params keep as codes into the language of the reader.
    """

    id: str
    title: Any
    advice: Any
    find: Callable[[date], Iterable[Finding]]
    name: Any = ""
    act: str = CALL
    message: str = ""
    owner: str = ""
    words: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict


def declared() -> Mapping[str, AlertRule]:
    """Every rule that the plugins declare, by id."""
    found: Mapping[str, AlertRule] = current_app.extensions["alerts"]
    return found
