"""The reference field log, sent through the intake as it was received, with units, people and groups of our own."""

import csv
import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from p2k2lms.core import clock
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import Spell
from p2k2lms.plugins.identity import service as identity
from tests.factories.enrolment import KAPUAS
from tests.factories.fieldwork import a_desa, a_group, a_meeting, changes, held, sends
from tests.factories.identity import a_person, a_posting, as_actor, someone

DATA = Path(__file__).parents[1] / "data" / "outcomes_ref"
CODES = {
    "KAB1": KAPUAS,
    "KEC1": "62.03.01",
    "KEC2": "62.03.09",
    "DES1": "62.03.01.9001",
    "DES2": "62.03.01.9002",
    "DES3": "62.03.09.9001",
}


def table(name: str) -> list[dict[str, str]]:
    """One of the eight tables."""
    with (DATA / "10_fieldlog" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def golden() -> list[dict[str, Any]]:
    """What is to come out."""
    found: list[dict[str, Any]] = json.loads((DATA / "golden.json").read_text("utf-8"))["indicators"]["value"]["rows"]
    return found


def day(text: str) -> date | None:
    """A cell with a day; None if it is empty."""
    return date.fromisoformat(text) if text else None


def on(received: str) -> Any:
    """The clock stands at the evening of this day."""
    return clock.stopped(datetime.fromisoformat(f"{received}T20:00").replace(tzinfo=ZoneInfo("Asia/Makassar")))


class Log:
    """The people, units and groups of the reference; `send` sends its ledger and meetings."""

    def __init__(self) -> None:
        for name in ("DES1", "DES2", "DES3"):
            a_desa(CODES[name])
        self.units = {name: identity.unit_by_code(code).id for name, code in CODES.items()}
        self.people = {name: a_person() for name in ("PD1", "PD2", "PD3", "PD4")}
        for row in table("pendamping_post"):
            span = {"valid_from": day(row["from"]), "valid_to": day(row["to"])}
            a_posting(self.people[row["pendamping"]], "pendamping", CODES[row["org"]], **span)
        self.officer = as_actor(someone("koordinator", KAPUAS))
        self.groups = {}
        for row in table("kelompok"):
            span = {"valid_from": day(row["from"]), "valid_to": day(row["to"])}
            made = a_group(None, members=0, desa=CODES[row["desa"]], name=row["kelompok"], **span)
            self.groups[row["kelompok"]] = made.id
        for row in table("penugasan"):
            since = date.fromisoformat(row["from"])
            held(self.groups[row["kelompok"]], self.people[row["pendamping"]], since, day(row["to"]))

    def send(self) -> None:
        """Everything, in the order in which it came."""
        self.exposures()
        self.members()
        self.meetings()

    def exposures(self) -> None:
        """The training that each pendamping has had."""
        for row in table("exposure"):
            span = {"valid_from": date.fromisoformat(row["from"]), "valid_to": day(row["to"])}
            person, what = self.people[row["pendamping"]], {"kind": row["kind"], "status": row["status"]}
            with on("2025-12-01"):
                enrolment.record_exposure(Spell(person_id=person, object_ref="ref", mode="luring", **what, **span))

    def members(self) -> None:
        """The ledger alone: who came to a group, and who left it why."""
        sums: dict[tuple[str, str, str], int] = {}
        for row in table("keanggotaan_kpm"):
            came = (row["kelompok"], row["from"], "masuk")
            sums[came] = sums.get(came, 0) + 1
            if row["to"]:
                why = {"pindah_kelompok": "ke_kelompok_lain"}.get(row["exit_reason"], row["exit_reason"])
                went = (row["kelompok"], row["to"], why)
                sums[went] = sums.get(went, 0) + 1
        for (group, when, change), number in sorted(sums.items(), key=lambda item: item[0][1]):
            with on(when):
                answer = sends(self.officer, "roster", changes(self.groups[group], change=change, count=number))
            assert answer.status == "accepted"

    def meetings(self) -> dict[str, Any]:
        """The meetings alone; the answer to each by its code."""
        came: dict[str, list[dict[str, str]]] = {}
        for row in table("pertemuan_kelompok"):
            came.setdefault(row["meeting"], []).append(row)
        answers = {}
        for row in sorted(table("pertemuan"), key=lambda row: row["received"]):
            groups = [self.groups[r["kelompok"]] for r in came[row["meeting"]]]
            women = [int(r["present"]) for r in came[row["meeting"]]]
            with on(row["received"]):
                actor = as_actor(self.people[row["leader"]])
                answer = sends(actor, "meeting", a_meeting(groups, women=women, on_day=row["date"]))
                assert answer.status == "accepted"
                answers[row["meeting"]] = answer
                if row["status"] == "batal":
                    sends(actor, "cancel", {"meeting": answer.id, "reason": "Batal"})
        return answers


def later(text: str, days: int) -> str:
    """So many days after a day."""
    return (date.fromisoformat(text) + timedelta(days=days)).isoformat()
