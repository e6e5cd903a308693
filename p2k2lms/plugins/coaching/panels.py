"""What coaching shows on pages that are not its own."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import render_template, url_for
from markupsafe import Markup

from p2k2lms.core.access import Actor, allowed
from p2k2lms.core.i18n import _, counted
from p2k2lms.core.panels import HomeCard
from p2k2lms.plugins.coaching import service
from p2k2lms.plugins.coaching.permissions import CREATE_CONTACT, READ_OBSERVATION
from p2k2lms.plugins.coaching.values.words import MEETING, STATES
from p2k2lms.plugins.enrolment.values import AngkatanCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import CLOSE, UnitCard
from p2k2lms.web.login import current_actor

START, WALK, ASKED = 60, 46, 52


def home_cards(actor: Actor) -> list[HomeCard]:
    """Begin a path; go on with it; people who ask for a coach."""
    found = _own(actor) if "pendamping" in actor.roles else []
    if actor.roles & {"supervisor", "koordinator"} and (asked := service.asked(actor)):
        title = counted("%(n)s pendamping menunggu pembimbing", len(asked))
        line = _("%(name)s menunggu %(days)s hari.", name=asked[0].name, days=asked[0].waiting.days)
        found.append(HomeCard(ASKED, title, line, url_for("coaching.index"), _("Lihat"), icon="people"))
    return found


def _own(actor: Actor) -> list[HomeCard]:
    here = service.home(actor)
    if here is None:
        return _start(actor)
    line = _("%(n)s dari %(total)s pertemuan selesai.", n=here.done, total=here.total)
    if here.waiting:
        since = _("Menunggu pembimbing sejak %(days)s hari.", days=here.waiting.days)
        line += " " + (since if here.waiting.days else _("Menunggu pembimbing sejak hari ini."))
    url = url_for("coaching.path", path_id=here.path.id)
    return [HomeCard(WALK, here.path.name, line, url, _("Buka jalur"), _("Jalur bimbingan"), icon="people")]


def _start(actor: Actor) -> list[HomeCard]:
    if not service.may_start(actor):
        return []
    line = _("Belum ikut kelas? Mulai hari ini, sendiri. Pembimbing menyusul.")
    url = url_for("coaching.index")
    return [HomeCard(START, _("Mulai jalur bimbingan"), line, url, _("Lihat jalur"), _("Pembekalan"), icon="flag")]


def class_tabs(angkatan: AngkatanCard) -> Markup:
    """Micro-teaching, beside the roster of a class."""
    return Markup(render_template("coaching/class_tab.html", angkatan=angkatan))


def meeting_page(meeting_id: UUID, leader_id: int, version_id: int, sesi: str, on_day: date) -> Markup:
    """On the page of a meeting: its sheets, and the way to fill one."""
    subject = f"meeting:{meeting_id}"
    found = service.meeting_sheets(current_actor(), subject, leader_id, version_id, sesi, on_day)
    if not (found.sheets or found.may_fill):
        return Markup("")
    about: dict[str, Any] = {"person_id": leader_id, "version_id": version_id, "sesi": sesi}
    about |= {"konteks": MEETING, "hari": on_day, "tentang": subject}
    url = url_for("coaching.observe", **about) if found.may_fill else ""
    return Markup(render_template("coaching/meeting.html", found=found, fill=url))


def unit_page(unit: UnitCard, month: date) -> Markup:
    """On the page of a unit: who was on a path in the month, for who may open each of them."""
    actor = current_actor()
    if unit.level not in CLOSE or not identity.may_see_people_in(actor, unit.path):
        return Markup("")
    return Markup(render_template("coaching/unit.html", found=service.walking_in(unit.path, month), states=STATES))


def person_page(person_id: int) -> Markup:
    """On a person's page: the path, the sheets, the way to note a talk."""
    actor, about = current_actor(), service.about_today(person_id)
    if not allowed(actor, READ_OBSERVATION, about):
        return Markup("")
    return Markup(
        render_template(
            "coaching/person.html",
            person_id=person_id,
            paths=service.paths_of([person_id]),
            sheets=[s for s in service.sheets_of(person_id) if not s.own],
            states=STATES,
            may_note=allowed(actor, CREATE_CONTACT, about),
        )
    )
