"""What is measured on a running server, each against the same yardstick."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bench import course, sitting
from bench.client import Client
from bench.measure import ROUNDS, Thing, against
from bench.servers import Server
from bench.sitting import Learner
from bench.verdicts import Bar, Verdict, share_of, times

CARD = re.compile(r'href="(/belajar/diklat-p2k2/[^"/]+/[^"/#]+)"')
BATCH = 20


@dataclass
class Stage:
    """The two servers, who is signed in, and the ids of what was made to be measured."""

    product: Server
    reference: Server
    facts: dict[str, Any]
    question: str = "/tes"

    def __post_init__(self) -> None:
        self.yardstick = Client(self.reference.port)
        self.learner = Learner(self.product.port, "pendamping")
        self.card = CARD.findall(self.learner.client.get("/belajar/diklat-p2k2"))[0]

    def page(self) -> Thing:
        """The reference page."""
        return Thing(self.reference, lambda: self.yardstick.get("/"), 200)

    def row(self) -> Thing:
        """The reference that inserts one row and commits."""
        return Thing(self.reference, lambda: self.yardstick.request("POST", "/row"), 100)

    def of_product(self, go: Callable[[], object], times_a_round: int) -> Thing:
        """Something of ours."""
        return Thing(self.product, go, times_a_round)

    def signed_in(self, name: str) -> Client:
        """Somebody at a browser of their own."""
        client = Client(self.product.port)
        client.sign_in(name)
        return client


def pages(stage: Stage) -> Iterator[Verdict]:
    """The two pages of learning, by requests per second."""
    get = stage.learner.client.get
    for bar, path, number in (
        (Bar("step card, share of the reference", 0.35, 0.5, at_least=True), stage.card, 120),
        (Bar("outline of 60 steps, share", 0.20, 0.35, at_least=True), f"/belajar/{course.COURSE}", 60),
    ):
        ours, theirs = against(stage.of_product(lambda path=path: get(path), number), stage.page())  # type: ignore[misc]
        yield bar.judge(share_of(ours, theirs), f"{ours.cpu * 1000:.2f} ms of {theirs.cpu * 1000:.2f}")


def answers(stage: Stage) -> Iterator[Verdict]:
    """One answer against one row; twenty answers in one sending against one."""
    attempt, _page = sitting.begin(stage.learner)
    stage.question = f"/tes/{attempt}/semua"
    found = stage.learner.answers(attempt, stage.learner.client.get(stage.question))
    payloads = itertools.cycle(found)

    def send(number: int) -> None:
        sent = [stage.learner.envelope("assessment.answer", next(payloads)) for _ in range(number)]
        stage.learner.client.send(sent, stage.learner.token)

    one = stage.of_product(lambda: send(1), 60)
    ours, theirs = against(one, stage.row())
    yield Bar("save one test answer, share of one row", 0.30, at_least=True).judge(share_of(ours, theirs))
    many, single = against(stage.of_product(lambda: send(BATCH), 8), one)
    yield Bar("a batch of 20, times one", 6).judge(times(many, single), f"{many.cpu * 1000:.1f} ms")


def attempts(stage: Stage) -> Iterator[Verdict]:
    """A test of twenty questions from its beginning to its review, everybody sits it once."""
    names = iter(stage.facts["sitters"])
    for bar, sit in (
        (Bar("attempt of 20, each answer sent on its own", 60), sitting.on_a_phone),
        (Bar("attempt of 20, one form a question, no script", None), sitting.without_script),
    ):
        people = iter([Learner(stage.product.port, next(names)) for _ in range(2 * (ROUNDS + 1))])
        ours, theirs = against(stage.of_product(lambda sit=sit, people=people: sit(next(people)), 2), stage.page())  # type: ignore[misc]
        yield bar.judge(times(ours, theirs), f"{ours.cpu * 1000:.0f} ms")


def sign_in(stage: Stage) -> Iterator[Verdict]:
    """The form and its sending, with argon2id."""
    ours, theirs = against(stage.of_product(lambda: stage.signed_in("koordinator"), 6), stage.page())
    yield Bar("sign-in with argon2id, times a page", 25).judge(times(ours, theirs), f"{ours.cpu * 1000:.1f} ms")


def long_lists(stage: Stage) -> Iterator[Verdict]:
    """A grid of a thousand people, a file of ten thousand."""
    trainer, admin = stage.signed_in("widyaiswara"), stage.signed_in("admin")
    for bar, client, path, number in (
        (Bar("marks grid of 1,000, times a page", 40), trainer, f"/angkatan/{stage.facts['large']}/nilai", 4),
        (Bar("completion export of 10,000, times a page", 400), admin, "/angkatan/binaan.csv", 1),
    ):
        ours, theirs = against(stage.of_product(lambda c=client, p=path: c.get(p), number), stage.page())  # type: ignore[misc]
        yield bar.judge(times(ours, theirs), f"{ours.cpu * 1000:.0f} ms")


ALL = (pages, answers, attempts, sign_in, long_lists)
