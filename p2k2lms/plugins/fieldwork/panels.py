"""What the field shows on the home page: whose turn it is, how the month stands, who is silent."""

from datetime import date, timedelta

from flask import render_template, url_for
from markupsafe import Markup

from p2k2lms.core import clock
from p2k2lms.core.access import ANYONE, Actor, allowed
from p2k2lms.core.i18n import _, counted
from p2k2lms.core.panels import HomeCard
from p2k2lms.core.questions import Ahead
from p2k2lms.plugins.enrolment.values import EnrolmentCard
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.permissions import READ_UNIT_MONTH
from p2k2lms.plugins.fieldwork.values import Asked, words
from p2k2lms.plugins.identity.values import CLOSE, UnitCard
from p2k2lms.web.login import current_actor

TURN, MONTH, CARE, INBOX, CHECKS, ASKED = 45, 32, 34, 40, 42, 46
PENDAMPING_ALONE = frozenset({"pendamping", ANYONE})


def cards(actor: Actor) -> list[HomeCard]:
    """The next meeting and the month of who only works in the field; a way to the reports of people in care."""
    alone = actor.roles == PENDAMPING_ALONE
    found = _own(actor) if alone else []
    if actor.roles & {"supervisor", "koordinator"}:
        line = _("Siapa sudah melapor bulan ini, dan siapa yang belum.")
        url = url_for("fieldwork.month")
        found.append(HomeCard(CARE, _("Laporan P2K2"), line, url, _("Lihat laporan"), icon="field"))
    waiting = service.waiting(actor, _month_before(), asked=not alone)
    return found + _inbox(waiting.reports) + _checks(waiting.checks) + _asked(waiting.asked)


def ahead(actor: Actor) -> list[Ahead]:
    """What these cards will ask, as far as it is known beforehand."""
    return service.waiting_ahead(actor, _month_before(), asked=actor.roles != PENDAMPING_ALONE)


def _month_before() -> date:
    return clock.today().replace(day=1) - timedelta(days=1)


def _checks(n: int) -> list[HomeCard]:
    """Groups that the actor was drawn to check."""
    line = counted("%(n)s kelompok menunggu Anda periksa", n)
    url = url_for("fieldwork.tasks")
    return [HomeCard(CHECKS, _("Pemeriksaan laporan"), line, url, _("Periksa sekarang"), icon="call")] if n else []


def _asked(asked: Asked) -> list[HomeCard]:
    """Remarks on the actor's reports that wait for an answer; the way leads to the oldest."""
    line = counted("%(n)s pertanyaan dari supervisor menunggu jawaban", asked.number)
    if not asked.number:
        return []
    url = url_for("fieldwork.show_meeting", meeting_id=asked.meeting_id)
    return [HomeCard(ASKED, _("Laporan P2K2"), line, url, _("Jawab"), icon="speak")]


def _inbox(n: int) -> list[HomeCard]:
    """Signed reports of the month that is over, as long as some wait."""
    line = counted("%(n)s laporan menunggu Anda", n)
    url = url_for("fieldwork.inbox")
    return [HomeCard(INBOX, _("Laporan bulanan P2K2"), line, url, _("Terima laporan"), icon="list")] if n else []


def beside_card(course: str, step: str) -> Markup:
    """Beside a card in its editor: how it fares at the meetings of the last year."""
    found = service.card_loop(current_actor(), course, step)
    return Markup(render_template("fieldwork/loop.html", loop_of=found, words=words))


def beside_course(course: str) -> Markup:
    """Above the outline of a course in the studio: the cards that need their author most."""
    found = service.cards_in_need(current_actor(), course)
    return Markup(render_template("fieldwork/needs.html", found=found, course=course) if found else "")


def person_page(person_id: int) -> str:
    """The months of a person in the field; nothing for who has none."""
    found = service.field_months(person_id)
    return render_template("fieldwork/person.html", months=found) if found else ""


def sesi_after(enrolment: EnrolmentCard, sesi_id: str) -> str:
    """After a sesi has been read: the way to teach it to each of the reader's groups."""
    actor = current_actor()
    found = service.groups_to_teach(actor, enrolment.course, sesi_id) if "pendamping" in actor.roles else []
    return render_template("fieldwork/teach_now.html", groups=found, sesi_id=sesi_id) if found else ""


def unit_page(unit: UnitCard, month: date) -> str:
    """On the page of a unit: how many of its groups met in the month."""
    actor = current_actor()
    if unit.level not in CLOSE or not allowed(actor, READ_UNIT_MONTH, unit.path):
        return ""
    return render_template("fieldwork/unit.html", found=service.unit_month(actor, unit.path, month))


def _own(actor: Actor) -> list[HomeCard]:
    home = service.home(actor)
    asked = _asked(home.asked)
    if not home.groups + home.free:
        return asked
    whole = _("%(n)s dari %(total)s kelompok sudah dilaporkan bulan ini.", n=home.reported, total=home.groups)
    if not home.groups:
        whole = _("Bulan ini belum ada kelompok yang wajib dilaporkan.")
    month = HomeCard(MONTH, _("P2K2 bulan ini"), whole, url_for("fieldwork.index"), _("Lihat kelompok"), icon="field")
    turn = home.turn
    if turn is None:
        return [*asked, month]
    title = _("P2K2 Kelompok %(name)s, sesi %(n)s", name=turn.name, n=turn.sesi.number)
    url = url_for("fieldwork.teach", group_id=turn.group_id, sesi=turn.sesi.id)
    card = HomeCard(TURN, title, turn.sesi.title, url, _("Buka Buku Langkah"), _("Pertemuan berikut"), icon="field")
    return [*asked, card, month]
