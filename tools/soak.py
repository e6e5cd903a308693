"""Long proofs, not for every change: `make soak`, or `make soak COUNT=20000`, writes docs/proofs/kills.json.

Senders press 100,000 submissions through the intake over a bad link: batches come in any order, some things are sent
twice, some answers are lost on the way, and the senders themselves are killed at random with SIGKILL. Whoever holds no
receipt sends again. At the end every receipt must stand for one row and one effect.
Then a whole server is killed while a tenth as many answers of tests are being saved (tools/answers.py).
"""

import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import func, select  # noqa: E402

from bench import proofs as kept  # noqa: E402
from p2k2lms.core import audit, intake, journal  # noqa: E402
from p2k2lms.core.access import Actor  # noqa: E402
from p2k2lms.core.db import db  # noqa: E402
from p2k2lms.core.models import SettingValue, Submission  # noqa: E402
from tests import databases  # noqa: E402
from tests.core.trial import with_trial  # noqa: E402
from tools import answers, forked, services  # noqa: E402

SENDERS, BATCH, MOST = 2, 20, 100_000
LOOK_EVERY = 0.05  # seconds
LOST_WAY_OUT, LOST_WAY_BACK, MIXED_UP, TWICE = 0.04, 0.05, 0.3, 0.05


@dataclass(frozen=True)
class Proof:
    """What was seen on one database."""

    engine: str
    sent: int
    kills: int
    receipts: int
    rows: int
    effects: int
    wrong_receipts: int
    broken_audit_rows: int
    seconds: float

    @property
    def holds(self) -> bool:
        """True if nothing was lost, nothing counted twice and no receipt stands for something else."""
        return self.sent == self.receipts == self.rows == self.effects and not (
            self.wrong_receipts or self.broken_audit_rows
        )


def send_all(uri: str, folder: Path, person: int, count: int) -> None:
    """One sender: all that has no receipt yet, over a bad link; a receipt is noted before the next batch."""
    noted = folder / f"receipts-{person}"
    lines = noted.read_text().splitlines() if noted.exists() else []
    have = {line.split()[0] for line in lines if line.endswith("!")}
    app = databases.create_app(databases.for_tests(folder, uri))
    with app.app_context(), with_trial(app), noted.open("a") as notes:
        notes.write("\n")  # a line that a kill cut short ends here
        dice = random.Random(f"{person}/{len(have)}")  # noqa: S311 - repeatable on purpose
        open_ones = [sent for n in range(count) if (sent := _envelope(person, n))["id"] not in have]
        while open_ones:
            batch, answers = over_a_bad_link(dice, open_ones)
            answered = {} if batch is None else {a.id: a for a in intake.receive(Actor(person), batch)}
            if answers:
                notes.writelines(f"{a.id} {a.receipt} {a.status} !\n" for a in answered.values())
                notes.flush()
                open_ones = [sent for sent in open_ones if sent["id"] not in answered]


def over_a_bad_link(
    dice: random.Random, waiting: list[dict[str, object]]
) -> tuple[list[dict[str, object]] | None, bool]:
    """What of the waiting reaches the server this time, in which order, and whether its answer comes back."""
    luck = dice.random()
    batch = waiting[:BATCH]
    if luck < LOST_WAY_OUT:
        return None, False
    if dice.random() < MIXED_UP:
        dice.shuffle(batch)
    batch += [sent for sent in batch if dice.random() < TWICE]
    return batch, luck < 1 - LOST_WAY_BACK


def _envelope(person: int, number: int) -> dict[str, object]:
    text = f"kiriman {number}"
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{person}/{number}")),
        "kind": "trial.note",
        "v": 2,
        "person": person,
        "device": "HP",
        "seq": number,
        "occurred_at": "2026-11-21T04:00:00+00:00",
        "payload": {"text": text},
    }


def prove(uri: str, folder: Path, count: int, kills: int, *, pause: float, seed: int = 2026) -> Proof:
    """Run the senders, kill one after each random pause, let them go on, then count."""
    dice, began, killed = random.Random(seed), time.monotonic(), 0  # noqa: S311 - repeatable on purpose
    app = databases.migrated_app(folder, uri)
    context = forked.source()

    def begin(person: int) -> multiprocessing.process.BaseProcess:
        process = context.Process(target=send_all, args=(uri, folder, person, count // SENDERS))
        process.start()
        return process

    running = {person: begin(person) for person in range(1, SENDERS + 1)}
    while any(p.is_alive() or p.exitcode for p in running.values()):
        time.sleep(dice.uniform(0, 2 * pause) if killed < kills else LOOK_EVERY)
        person = dice.choice(sorted(running))
        if killed < kills and running[person].is_alive() and (folder / f"receipts-{person}").exists():
            os.kill(running[person].pid or 0, signal.SIGKILL)
            killed += 1
        for person, process in running.items():
            if not process.is_alive() and process.exitcode:
                running[person] = begin(person)
    with app.app_context():
        proof = _count(count, killed, folder, time.monotonic() - began)
    databases.close(app)
    return proof


def _count(count: int, kills: int, folder: Path, seconds: float) -> Proof:
    noted = [line.split() for file in folder.glob("receipts-*") for line in file.read_text().splitlines()]
    receipts = {words[0]: words[1] for words in noted if words[-1:] == ["!"] and words[2] in ("accepted", "duplicate")}
    kept = {str(row.id): journal.receipt(row.key) for row in db.session.execute(select(Submission.id, Submission.key))}
    return Proof(
        engine=db.engine.dialect.name,
        sent=count,
        kills=kills,
        receipts=len(receipts),
        rows=len(kept),
        effects=db.session.scalar(select(func.count()).select_from(SettingValue)) or 0,
        wrong_receipts=sum(kept.get(sent) != receipt for sent, receipt in receipts.items()),
        broken_audit_rows=len(audit.broken_links()),
        seconds=round(seconds, 1),
    )


def main() -> int:
    """Prove it on both databases, with a PostgreSQL of our own where none answers, and write down what was seen."""
    with services.running() as addresses:
        os.environ.update(addresses)
        return _all()


def _all() -> int:
    count, seed = int(os.environ.get("SOAK_COUNT", str(MOST))), 2026
    kills, proofs = max(3, 50 * count // MOST), []
    for proof, number, more in ((prove, count, {"pause": 2}), (answers.prove_answers, count // 10, {})):
        for engine in ("sqlite", "postgresql"):
            with tempfile.TemporaryDirectory() as folder:
                uri = f"sqlite:///{folder}/soak.db" if engine == "sqlite" else databases.fresh_postgres("soak")
                proofs.append(proof(uri, Path(folder), number, kills, seed=seed, **more))
                print(proofs[-1], flush=True)
        databases.drop_postgres("soak")
    about = kept.about(f"make soak COUNT={count}", seed)
    kept.FOLDER.mkdir(exist_ok=True)
    (kept.FOLDER / "kills.json").write_text(
        json.dumps(about | {"proofs": [{"of": type(p).__name__, **asdict(p)} for p in proofs]}, indent=2) + "\n"
    )
    return 0 if all(p.holds for p in proofs) else 1


if __name__ == "__main__":
    sys.exit(main())
