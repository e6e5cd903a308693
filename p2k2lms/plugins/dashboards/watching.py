"""Alerts: opened and closed each night by the rules of the plugins, shown to whoever can act, and answered there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from p2k2lms.core import alerts, clock, turns
from p2k2lms.core.access import Actor, require
from p2k2lms.core.alerts import AlertRule
from p2k2lms.core.errors import Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.dashboards import queries
from p2k2lms.plugins.dashboards.models import Alert
from p2k2lms.plugins.dashboards.permissions import CHANGE_ALERT, LIST_ALERTS, About
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import PersonCard

WATCH, NIGHTLY = "dashboards.watch", "dashboards.nightly"
AFTER_THE_FACTS = timedelta(minutes=30)
"""The rules read month facts, which the same night rebuilds first."""
MOST = 7
PUT_OFF = timedelta(days=14)
VERDICTS = ("benar", "keliru")


def nightly() -> None:
    """The job of the night: look, once the facts are rebuilt."""
    with unit_of_work("dashboards.plan_watch") as uow:
        uow.enqueue(WATCH, run_after=clock.now() + AFTER_THE_FACTS)


def watch() -> None:
    """Open what holds now, close what holds no longer; a rule that fails keeps no other waiting."""
    rules = alerts.declared().values()
    turns.each("a rule could not be seen to", [(rule.id, partial(_watch, rule, clock.today())) for rule in rules])


def _watch(rule: AlertRule, today: date) -> None:
    found = {finding.subject: finding for finding in rule.find(today)}
    with unit_of_work("dashboards.watch", subject=f"rule:{rule.id}"):
        known = set()
        for row in queries.open_rows(rule.id):
            known.add(row.subject)
            finding = found.get(row.subject)
            if finding is None:
                row.closed_on = today
            else:
                row.params, row.person_id = dict(finding.params), finding.person_id
                row.unit_id, row.unit_path = finding.unit_id, finding.unit_path
        queries.insert_rows(
            [
                {
                    "rule": rule.id,
                    "subject": one.subject,
                    "unit_id": one.unit_id,
                    "unit_path": one.unit_path,
                    "person_id": one.person_id,
                    "params": dict(one.params),
                    "url": one.url,
                    "opened_on": today,
                }
                for subject, one in found.items()
                if subject not in known
            ]
        )


@dataclass(frozen=True)
class Line:
    """One person, or a group of nobody, as a page shows it: the first reason, and how many more there are.

    Of what came back because it still holds: the day on which somebody acted, or why it was put off.
    """

    id: int
    rule: str
    title: str
    advice: str
    act: str
    name: str
    phone: str
    message: str
    url: str
    since: date
    done: date | None
    reason: str
    verdict: str
    others: int


@dataclass(frozen=True)
class Measure:
    """How often a rule was right, of how often somebody said so or not."""

    rule: str
    name: str
    right: int
    answered: int


@dataclass(frozen=True)
class Queue:
    """The first seven people of those who need somebody, how many there are in all, and how right each rule was."""

    lines: tuple[Line, ...]
    total: int
    measured: tuple[Measure, ...]


def _scope(actor: Actor) -> queries.Scope:
    """The rules of a role in the units where the actor holds it; all others for who leads people."""
    supervises = "supervisor" in actor.roles and actor.id is not None
    mine = identity.supervised_by(actor.id or 0, clock.today()) if supervises else []
    by_role: dict[str, list[str]] = {}
    for rule in alerts.declared().values():
        by_role.setdefault(rule.owner, []).append(rule.id)
    by_role.pop("", None)
    owned = [(path, tuple(rules)) for role, rules in by_role.items() for path in actor.paths(role)]
    special = tuple(rule for rules in by_role.values() for rule in rules)
    return queries.Scope(tuple(actor.paths("koordinator")), tuple(mine), tuple(owned), special)


def queue(actor: Actor) -> Queue:
    """Who needs this person now, at most seven."""
    require(actor, LIST_ALERTS)
    scope = _scope(actor)
    rows = queries.waiting(scope, clock.today(), MOST)
    people = identity.people([row.person_id for row, _same, _n in rows if row.person_id is not None])
    lines = tuple(_line(actor, row, same - 1, people.get(row.person_id or 0)) for row, same, _n in rows)
    measured = tuple(_measure(*said) for said in queries.precision(scope, clock.today()))
    return Queue(lines, rows[0][2] if rows else 0, measured)


def _measure(rule: str, right: int, answered: int) -> Measure:
    known = alerts.declared().get(rule)
    return Measure(rule, str(known.name) if known else "", right, answered)


def _line(actor: Actor, row: Alert, others: int, person: PersonCard | None) -> Line:
    rule = alerts.declared().get(row.rule) or AlertRule(row.rule, row.rule, "", lambda _day: ())
    title, advice = (_filled(text, rule.words(row.params)) for text in (rule.title, rule.advice))
    name, phone = (person.name, person.phone or "") if person else ("", "")
    message = _filled(rule.message, row.params | {"name": name, "me": actor.name}) if phone else ""
    return Line(
        id=row.id,
        rule=row.rule,
        title=title,
        advice=advice,
        act=rule.act,
        name=name,
        phone=phone,
        message=message,
        url=row.url,
        since=row.opened_on,
        done=row.done_on,
        reason=row.snooze_reason,
        verdict=row.verdict,
        others=others,
    )


def _filled(text: Any, params: Mapping[str, Any]) -> str:
    try:
        return str(text).format(**params).strip()
    except (KeyError, IndexError):
        return str(text)


def count(actor: Actor) -> int:
    """How many people wait, for the card of the home page."""
    return queries.number(_scope(actor), clock.today())


def _own(actor: Actor, alert_id: int) -> Alert:
    require(actor, CHANGE_ALERT)
    row = queries.row(alert_id)
    if row is None or row.closed_on is not None:
        raise NotFound("alert")
    rule = alerts.declared().get(row.rule)
    require(actor, CHANGE_ALERT, About(row.unit_path, row.person_id, rule.owner if rule else ""))
    return row


def answer(actor: Actor, alert_id: int, verdict: str) -> None:
    """Say whether an alert was right: so its rule is measured too."""
    if verdict not in VERDICTS:
        raise Invalid(_("Pilih salah satu."), "verdict")
    with unit_of_work("dashboards.answer_alert", actor, f"alert:{alert_id}"):
        row = _own(actor, alert_id)
        row.verdict, row.verdict_by = verdict, actor.id


def done(actor: Actor, alert_id: int) -> None:
    """Something was done about it: it goes, and comes back after two weeks if what it says still holds."""
    with unit_of_work("dashboards.act_on_alert", actor, f"alert:{alert_id}"):
        row = _own(actor, alert_id)
        row.done_on, row.snoozed_until = clock.today(), clock.today() + PUT_OFF


def put_off(actor: Actor, alert_id: int, reason: str) -> None:
    """Let an alert rest for two weeks, with the reason."""
    text = " ".join(reason.replace("\x00", "").split())
    if not 3 <= len(text) <= 200:
        raise Invalid(_("Tulis alasan, 3 sampai 200 huruf."), "reason")
    with unit_of_work("dashboards.put_off_alert", actor, f"alert:{alert_id}"):
        row = _own(actor, alert_id)
        row.snoozed_until, row.snooze_reason = clock.today() + PUT_OFF, text
