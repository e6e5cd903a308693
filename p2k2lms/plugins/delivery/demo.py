"""Synthetic reading: each as far as enrolment says, the demo pendamping not at all."""

import math

from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.delivery import queries, service
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import AngkatanCard, EnrolmentCard
from p2k2lms.plugins.identity import service as identity


def load(scale: str, seed: int) -> None:
    """Cards read by the members of every class; called again, it adds only for people who have read nothing."""
    spared = {person.id for person in identity.find_people(["pendamping"]).values()}
    for card in enrolment.all_classes():
        with unit_of_work("delivery.load_demo", subject=f"angkatan:{card.id}"):
            _fill(card, [m for m in enrolment.members(card.id) if m.person_id not in spared], seed)


def _fill(card: AngkatanCard, members: list[EnrolmentCard], seed: int) -> None:
    required = catalogue.required_steps(card.version_id)
    known = service.done_counts([m.person_id for m in members], card.course, required)
    rows = []
    for member in members:
        if member.person_id in known:
            continue
        way = enrolment.demo_way(card, member.person_id, seed)
        who = {"person_id": member.person_id, "enrolment_id": member.id, "version_id": member.version_id}
        read = required[: math.floor(way.share * len(required))]
        for number, step in enumerate(read, 1):
            at = way.began + (way.ended - way.began) * number / (len(read) + 1)
            rows.append({**who, "course": card.course, "step": step, "occurred_at": at, "received_at": at})
    queries.insert_many(rows)
