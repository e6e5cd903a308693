"""What the platform knows already of a respondent: shown, confirmed, and kept beside the answer."""

from collections.abc import Sequence
from datetime import date

from p2k2lms.core import clock
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.evaluation.rules import asking
from p2k2lms.plugins.fieldwork import service as fieldwork
from p2k2lms.plugins.identity import service as identity

SCHOOLS = {
    "sma": "sma",
    "smk": "sma",
    "d1": "diploma",
    "d2": "diploma",
    "d3": "diploma",
    "d4": "sarjana",
    "s1": "sarjana",
}
LOG_MONTHS = 3


def known_of(person_id: int) -> dict[str, str]:
    """What could be filled in, by the name of the prefill, as a field of the sheet takes it; unknown ones left out."""
    today = clock.today()
    about = identity.frame_of([person_id]).get(person_id)
    found: dict[str, str] = {}
    if about is not None:
        years = asking.age(about.born, today)
        found |= {"age": str(years) if years else "", "sex": about.sex.lower()}
        found |= {"education": SCHOOLS.get(about.education.lower(), "")}
        found |= {"started": f"{about.started:%Y-%m}" if about.started else ""}
    found["exposure"] = _exposure(person_id)
    last = _month_before(today)
    for month in fieldwork.person_months([person_id], last, today.replace(day=1)):
        found |= {"caseload": str(month.caseload_end), "groups": str(month.due)}
        found |= {"led_last_month": str(month.led)} if month.month == last else {}
    return {name: value for name, value in found.items() if value}


def _exposure(person_id: int) -> str:
    kinds = {spell.kind for spell in enrolment.finished_spells([person_id])}
    return ",".join(code for kind, code in (("kelas", "kelas"), ("coaching", "jalur")) if kind in kinds) or "belum"


def frame_of(people: Sequence[int], day: date, log: bool = True) -> dict[int, dict[str, str]]:
    """Sex, age and log activity of each on the day, frozen with who is asked for the weights of the result.

    Without `log` for a wave of before there was one: what nobody wrote down is unknown, not 0.
    """
    about, led = identity.frame_of(people), led_lately(people, day) if log else {}
    return {
        person: {
            "sex": about[person].sex if person in about else "",
            "age_band": asking.band(asking.AGE_BANDS, asking.age(about[person].born, day) if person in about else None),
            "log_band": asking.band(asking.LOG_BANDS, led.get(person)),
        }
        for person in people
    }


def led_lately(people: Sequence[int], day: date) -> dict[int, int]:
    """How many meetings each has led in the three whole months before the day, as last counted."""
    led = dict.fromkeys(people, 0)
    for month in fieldwork.person_months(
        people, asking.months_later(day.replace(day=1), -LOG_MONTHS), _month_before(day)
    ):
        led[month.person_id] += month.led
    return led


def _month_before(day: date) -> date:
    return asking.months_later(day.replace(day=1), -1)
