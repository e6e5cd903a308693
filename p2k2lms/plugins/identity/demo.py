"""Demo people: who works where and who supervises whom, in bulk, the same for the same seed."""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files
from io import StringIO

from p2k2lms.plugins.identity import names, service
from p2k2lms.plugins.identity.service import bulk
from p2k2lms.plugins.identity.values import DEMO_ACCOUNTS, DEMO_PASSWORD, UnitCard

PENDAMPING = {"small": 40, "regional": 1_142, "national": 40_000}
SMALL = {"62.03": 20, "63.03": 12, "65.03": 8}
PEOPLE_PER_SUPERVISOR = 40
KAPUAS = "62.03"
POSTED_AT = {"kementerian": ("evaluator", "ID"), "admin": ("admin", "ID")}
AT_CENTRE = {"widyaiswara": 6, "panitia": 4, "evaluator": 2}


@dataclass
class Drawing(bulk.Crowd):
    """A crowd that grows by lot."""

    lot: random.Random = field(default_factory=random.Random)
    hashed: str = ""
    number: int = 0

    def add(self, role: str, unit: UnitCard, account: str = "") -> str:
        """One more person; `account` is the word of a shared account, which alone can be signed in to."""
        self.number += 1
        word = account or f"contoh{self.number:06d}"
        name, sex = names.draw(self.lot)
        began = date(2012, 1, 1) + timedelta(days=self.lot.randrange(4_000))
        self.people.append(
            {
                "name": name,
                "name_on_certificate": name,
                "phone": f"+62800{self.number:08d}",  # 0800 is nobody's mobile number
                "email": f"{account}@contoh.invalid" if account else None,
                "pkh_id": word,
                "password_hash": self.hashed if account else None,
                "status": "active",
                "birth_place": self.lot.choice(names.words()["place"]),
                "birth_date": date(1972, 1, 1) + timedelta(days=self.lot.randrange(9_000)),
                "sex": sex,
                "education": self.lot.choice(names.EDUCATION),
                "nip": "",
                "rank": "",
                "started_on": began,
            }
        )
        self.postings.append((word, role, unit.id))
        return word


def load(scale: str, seed: int) -> None:
    """Add the units and the people of this scale; who is there already stays, and so is not made again."""
    service.ship_units()
    service.import_units(_text("demo_desa.csv"), apply=True)
    if scale == "national":
        service.import_units(_national_units(), apply=True)
    missing = PENDAMPING[scale] - len(service.demo_people("pendamping"))
    if missing > 0:
        bulk.write(_crowd(scale, seed, missing))


def _crowd(scale: str, seed: int, pendamping: int) -> Drawing:
    there = set(service.demo_accounts())
    lot = random.Random(f"{seed} {scale}")  # noqa: S311
    crowd = Drawing(lot=lot, hashed=bulk.shared_hash(DEMO_PASSWORD), number=bulk.count_people())
    if not there:
        _shared_accounts(crowd)
        pendamping -= 1
    for unit, number in _shares(scale, pendamping):
        _kabupaten(crowd, unit, number)
    for centre in bulk.centres(scale):
        for role, number in AT_CENTRE.items():
            for _ in range(number):
                crowd.add(role, centre)
    return crowd


def _shared_accounts(crowd: Drawing) -> None:
    kapuas, centre = service.unit_by_code(KAPUAS), service.unit_by_code("R4")
    for word in DEMO_ACCOUNTS:
        role, code = POSTED_AT.get(word, (word, ""))
        unit = service.unit_by_code(code) if code else centre if word in AT_CENTRE else kapuas
        crowd.add(role, unit, account=word)
    crowd.supervisions.append(("supervisor", "pendamping"))


def _shares(scale: str, pendamping: int) -> Iterator[tuple[UnitCard, int]]:
    """How many pendamping work in each kabupaten: as planned when small, else by a weight drawn from its code."""
    if scale == "small":
        weights: dict[UnitCard, float] = {service.unit_by_code(code): number for code, number in SMALL.items()}
    else:
        weights = {unit: _weight(unit) for unit in bulk.kabupaten(scale)}
    whole, given, reached = sum(weights.values()), 0, 0.0
    for unit, weight in weights.items():
        reached += weight
        upto = round(pendamping * reached / whole)
        yield unit, upto - given
        given = upto


def _weight(unit: UnitCard) -> float:
    return 0.4 + random.Random(unit.kemendagri_code).random()  # noqa: S311


def _kabupaten(crowd: Drawing, unit: UnitCard, number: int) -> None:
    """The pendamping of one kabupaten, a supervisor for each forty, one koordinator, one officer of Dinas Sosial."""
    crowd.add("koordinator", unit)
    crowd.add("dinsos", unit)
    for start in range(0, number, PEOPLE_PER_SUPERVISOR):
        first = unit.kemendagri_code == KAPUAS and start == 0
        supervisor = "supervisor" if first else crowd.add("supervisor", unit)
        for _ in range(min(PEOPLE_PER_SUPERVISOR, number - start)):
            crowd.supervisions.append((supervisor, crowd.add("pendamping", unit)))


def _national_units() -> str:
    """The other regionals and provinces, each with as many kabupaten as it has; those are invented."""
    told = StringIO()
    out = csv.writer(told)
    out.writerow(["kemendagri_code", "name", "parent_code", "zone"])
    for row in csv.DictReader(StringIO(_text("demo_national.csv"))):
        out.writerow([row["kemendagri_code"], row["name"], row["parent_code"], row["zone"]])
        for number in range(1, int(row["kabupaten"]) + 1):
            out.writerow([f"{row['kemendagri_code']}.{number:02d}", f"{row['name']} {number} (contoh)", "", ""])
    return told.getvalue()


def _text(name: str) -> str:
    return (files("p2k2lms.plugins.identity") / "data" / name).read_text("utf-8")
