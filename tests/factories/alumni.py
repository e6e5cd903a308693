"""The 1,142 alumni of the reference, as people of the platform: their homes, their field log, what 718 would say."""

from datetime import UTC, date, datetime

from sqlalchemy import insert

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, Posting
from p2k2lms.core.db import db
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.rules import answers
from p2k2lms.plugins.evaluation.rules.asking import months_later
from p2k2lms.plugins.evaluation.values import WaveCard
from p2k2lms.plugins.fieldwork.models import LeaderMonth
from p2k2lms.plugins.identity import service as identity
from tests.factories.evaluation import reply, some_answers
from tests.factories.identity import many_people
from tests.stats.reference import table

HOME = {"KALSEL": "63.03", "KALTENG": "62.03", "KALTIM": "64.02", "KALTARA": "65.03"}
BORN = {"<=25": 2003, "26-30": 1998, "31-40": 1993, ">40": 1983}
LED = {"0-2": 2, "3-4": 4, "5-6": 6}  # meetings of one month, in a band of ours each
FIRST, LAST = date(2019, 8, 5), date(2019, 8, 14)  # the days of their class
NOTHING = ("reported", "set_aside", "exits_own", "exits_natural", "exits_other", "person_days", "sesi_done", "met")
MORE = ("due", "present", "invited", "caseload_end", "steps_done", "steps_due", "on_time", "unprepared", "on_duty_end")
CASELOAD = 1000  # so that a percent with one decimal is a whole number of families


def the_alumni() -> list[int]:
    """Everybody of the reference frame, with a posting, and the meetings that each led last month; ids in its order."""
    frame = table("04_alumni_frame.csv")
    rows = list(zip(frame["sex"], frame["age_band"], strict=True))
    traits = [
        {"pkh_id": f"alumni{n:04}", "sex": str(sex), "birth_date": date(BORN[age], 1, 1)}
        for n, (sex, age) in enumerate(rows, 1)
    ]
    homes = [HOME[province] for province in frame["province"]]
    people = many_people("pendamping", homes, traits)
    units = {code: identity.unit_by_code(code).id for code in HOME.values()}
    plain = dict.fromkeys((*NOTHING, *MORE), 0) | {"duty_days": 30, "as_of": datetime(2026, 11, 1, tzinfo=UTC)}
    month = months_later(clock.today().replace(day=1), -1)
    with unit_of_work("test.the_alumni"):
        facts = [
            {**plain, "person_id": person, "unit_id": units[home], "month": month, "led": LED[band]}
            for person, home, band in zip(people, homes, frame["p2k2_log_band"], strict=True)
        ]
        db.session.execute(insert(LeaderMonth), facts)
    return people


def alumni_sheet() -> list[list[str]]:
    """The sheet of their certificates, with two rows that are wrong: no number, and nobody's id."""
    head = ["id_pkh", "nomor_sertifikat", "mulai", "selesai", "jam"]
    span = [FIRST.isoformat(), LAST.isoformat(), "75"]
    good = [[f"alumni{n:04}", f"{n:04}/2.1/DL.02/08/2019", *span] for n in range(1, 1143)]
    return [head, *good, ["alumni0001", "tanpa nomor", *span], ["entah", "9999/2.1/DL.02/08/2019", *span]]


def they_answer(people: list[int], wave: WaveCard, one_by_one: int = 40) -> int:
    """Those who answered in the reference: the first of them through the intake, the others written at once."""
    frame, version = table("04_alumni_frame.csv"), service.version_card(wave.version_id)
    sheets = {one.respondent_id: one.id for one in read.frame(wave.id)}
    said = [
        (person, some_answers(A1=str(CASELOAD), G1=str(round(10 * percent)), B1="10"))
        for person, heard, percent in zip(people, frame["responded"], frame["pct_apply_if_asked"], strict=True)
        if heard
    ]
    for person, told in said[:one_by_one]:
        actor = Actor(person, "", (Posting("pendamping", 0, "/"),))
        assert reply(actor, sheets[person], told).status == "accepted"
    filled = [
        service.Filled(assignment_id=sheets[person], sheet=answers.read(version.instrument, told)[0], at=clock.now())
        for person, told in said[one_by_one:]
    ]
    service.keep_sheets(wave.id, version, filled)
    return len(said)
