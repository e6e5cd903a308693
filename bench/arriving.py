"""What it costs to take in 5,000 people from a sheet that was looked at before; prints it as JSON."""

import json
import statistics
import sys
import time

from app import app
from p2k2lms.core.access import SYSTEM
from p2k2lms.plugins.identity import service

PEOPLE, ROUNDS = 5_000, 3
HEAD = ["Nama", "ID PKH", "Nomor HP", "Peran", "Kode wilayah", "Tanggal lahir"]
UNIT = "62.03"


def measure() -> dict[str, float]:
    """Medians of some sheets of new people: processor seconds of this process, and seconds on the clock."""
    tops = (service.unit_by_code("ID").path,)
    own: list[float] = []
    clock: list[float] = []
    for number in range(ROUNDS):
        table = sheet(number)
        if service.check_table(tops, table).created != PEOPLE:
            raise SystemExit("the dry run sees other people than those of the sheet")
        begun, began = time.process_time(), time.perf_counter()
        taken = service.import_table(SYSTEM, tops, table)
        own.append(time.process_time() - begun)
        clock.append(time.perf_counter() - began)
        if taken.created != PEOPLE:
            raise SystemExit("not everybody came in")
    return {"people": PEOPLE, "own": statistics.median(own), "clock": statistics.median(clock)}


def sheet(number: int) -> list[list[str]]:
    """People whom no sheet before had."""
    phone = 813_0000_0000 + number * PEOPLE
    rows = [
        [f"Orang Ukur {n}", f"ukur{number}n{n:05d}", f"0{phone + n}", "Pendamping", UNIT, "01/02/1990"]
        for n in range(PEOPLE)
    ]
    return [HEAD, *rows]


if __name__ == "__main__":
    with app.app_context():
        json.dump(measure(), sys.stdout)
