"""The server killed with SIGKILL while answers of a test are being saved; whoever has no receipt sends again.

At the end every receipt must stand for one row of the journal, and for each question the answer that was sent last
must be the one that counts.
"""

import json
import random
import threading
import time
import uuid
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException
from pathlib import Path

from sqlalchemy import select

from bench.client import Client
from bench.servers import free_port
from p2k2lms.core import audit, clock, journal
from p2k2lms.core.db import db
from p2k2lms.core.models import Submission
from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.assessment.models import GivenAnswer, ItemVersion
from p2k2lms.plugins.identity import passwords
from tests import databases
from tests.factories.assessment import keys_of
from tests.factories.enrolment import BANJAR, a_member, an_angkatan
from tests.factories.identity import as_actor, someone, the_units
from tools.forked import ForkedServer

PHONES, BATCH, WORKERS, SECRET = 4, 20, 1, "jukung merah 7"
LOOK_EVERY = 0.02  # seconds
LOST = (OSError, HTTPException, ValueError, RuntimeError)  # what a sender meets when the server dies under it


@dataclass(frozen=True)
class AnswerProof:
    """What was seen on one database."""

    engine: str
    sent: int
    kills: int
    receipts: int
    rows: int
    questions: int
    wrong_receipts: int
    wrong_answers: int
    broken_audit_rows: int
    seconds: float

    @property
    def holds(self) -> bool:
        """True if every answer with a receipt is there once, and the last one of each question counts."""
        wrong = self.wrong_receipts or self.wrong_answers or self.broken_audit_rows
        return self.sent == self.receipts == self.rows and not wrong


@dataclass
class Phone:
    """One learner's outbox: what it sends, in order, and the receipts that it holds."""

    word: str
    person: int
    attempt: int
    keys: list[tuple[str, object]]
    count: int
    receipts: dict[str, str] = field(default_factory=dict)

    def envelope(self, number: int) -> dict[str, object]:
        """The answer with this number; its id is the same however often it is sent."""
        item, answer = self.keys[number % len(self.keys)]
        said = {"id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.word}/{number}")), "kind": "assessment.answer", "v": 1}
        said |= {"person": self.person, "device": "hp-bukti", "seq": number, "occurred_at": clock.now().isoformat()}
        return said | {"payload": {"attempt": self.attempt, "item": item, "answer": answer}}

    def send_all(self, port: int) -> None:
        """Everything, a batch after the other; what has no receipt is sent again until it has one."""
        client: Client | None = None
        token: str | None = None
        waiting = [self.envelope(number) for number in range(self.count)]
        while waiting:
            try:
                if not token:
                    client = Client(port)
                    client.sign_in(self.word, SECRET)
                    token = json.loads(client.get("/api/v1/token"))["token"]
                self._send(client, token, waiting[:BATCH])
            except LOST:
                token = None
                if client:
                    client.connection.close()
                time.sleep(0.2)
            waiting = [sent for sent in waiting if sent["id"] not in self.receipts]
        if client:
            client.connection.close()

    def _send(self, client: Client, token: str, batch: list[dict[str, object]]) -> None:
        body = json.dumps({"kiriman": batch}).encode()
        status, data, _ = client.request(
            *("POST", "/api/v1/kiriman", body, "application/json"),
            {"X-CSRFToken": token, "Accept-Encoding": "identity"},
        )
        if status != 200:
            raise OSError(f"{status} {data[:200]!r}")
        for told in json.loads(data)["jawaban"]:
            if told["status"] not in ("accepted", "duplicate"):
                raise AssertionError(f"an answer was refused: {told}")
            self.receipts[told["id"]] = told["receipt"]


def prove_answers(uri: str, folder: Path, count: int, kills: int, *, seed: int = 2026) -> AnswerProof:
    """Several phones send answers to a server that is killed each time a random share has its receipts; then count."""
    dice, began, killed = random.Random(seed), time.monotonic(), 0  # noqa: S311 - repeatable on purpose
    app = databases.migrated_app(folder, uri)
    with app.app_context():
        the_units()
        phones = [_phone(number, count // PHONES) for number in range(PHONES)]
    surroundings = {"P2K2_INSTANCE": str(folder), "DATABASE_URL": uri, "P2K2_MAX_REQUESTS": "0"}
    port = free_port()
    begin = partial(ForkedServer, "app:app", port, surroundings, probe="/sehat", workers=WORKERS)
    server = begin()
    senders = [threading.Thread(target=phone.send_all, args=(port,), daemon=True) for phone in phones]
    due = sorted(dice.uniform(0.1, 0.6) * count for _kill in range(kills))
    for sender in senders:
        sender.start()
    while any(sender.is_alive() for sender in senders):
        time.sleep(LOOK_EVERY)
        if killed < kills and sum(len(phone.receipts) for phone in phones) >= due[killed]:
            server.kill()
            killed += 1
            server = begin()
    server.stop()
    with app.app_context():
        proof = _count(phones, killed, time.monotonic() - began)
    databases.close(app)
    return proof


def _phone(number: int, count: int) -> Phone:
    word = f"bukti{number}"
    person = someone("pendamping", BANJAR, pkh_id=word, password_hash=passwords.hashed(SECRET))
    card = a_member(an_angkatan(open_door=True), person)
    attempt = assessment.start(as_actor(person), card.id, "pre")
    return Phone(word, person, attempt, list(keys_of(attempt).items()), count)


def _count(phones: list[Phone], kills: int, seconds: float) -> AnswerProof:
    receipts = {sent: receipt for phone in phones for sent, receipt in phone.receipts.items()}
    rows = select(Submission.id, Submission.key).where(Submission.kind == "assessment.answer")
    kept = [(str(row.id), journal.receipt(row.key)) for row in db.session.execute(rows)]
    wanted = {
        (phone.attempt, item): max(number for number in range(phone.count) if number % len(phone.keys) == at)
        for phone in phones
        for at, (item, _) in enumerate(phone.keys)
    }
    standing = select(GivenAnswer.attempt_id, ItemVersion.item, GivenAnswer.seq).join(
        ItemVersion, ItemVersion.id == GivenAnswer.item_version_id
    )
    stands = {(row.attempt_id, row.item): row.seq for row in db.session.execute(standing)}
    return AnswerProof(
        engine=db.engine.dialect.name,
        sent=sum(phone.count for phone in phones),
        kills=kills,
        receipts=len(receipts),
        rows=len(kept),
        questions=len(stands),
        wrong_receipts=sum(dict(kept).get(sent) != receipt for sent, receipt in receipts.items()),
        wrong_answers=sum(stands.get(place) != seq for place, seq in wanted.items()),
        broken_audit_rows=len(audit.broken_links()),
        seconds=round(seconds, 1),
    )
