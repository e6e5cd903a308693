"""What certificates shows on pages that are not its own."""

from datetime import timedelta

from flask import render_template
from markupsafe import Markup

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed
from p2k2lms.core.i18n import _
from p2k2lms.core.panels import HomeCard
from p2k2lms.plugins.certificates import service
from p2k2lms.plugins.certificates.permissions import LIST
from p2k2lms.plugins.certificates.values import VALID
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import PASSED, AngkatanCard, EnrolmentCard
from p2k2lms.web.login import current_actor

NEWS_FOR = timedelta(days=30)
NEWS_URGENCY = 45


def class_tabs(angkatan: AngkatanCard) -> Markup:
    """The certificates of a class, beside its roster."""
    may_list = allowed(current_actor(), LIST, angkatan)
    return Markup(render_template("certificates/tabs.html", angkatan=angkatan, may_list=may_list))


def class_report(angkatan: AngkatanCard) -> Markup:
    """In the report of a class: how many certificates were issued."""
    return Markup(render_template("certificates/report.html", bundle=service.bundle(angkatan.id)))


def person_page(person_id: int) -> Markup:
    """On a person's page: the certificates they hold."""
    return Markup(render_template("certificates/person.html", certificates=service.of_person(person_id)))


def public_home() -> Markup:
    """For a visitor: where a certificate is checked."""
    return Markup(render_template("certificates/public.html"))


def test_passed(enrolment: EnrolmentCard) -> Markup:
    """Below the result of a passed post-test: the way to the certificate that it brought."""
    if enrolment.angkatan_id is None:
        return Markup()
    held = service.of_person(enrolment.person_id)
    issued = any(c.status == VALID and c.angkatan_id == enrolment.angkatan_id for c in held)
    return Markup(render_template("certificates/passed.html")) if issued else Markup()


def home_cards(actor: Actor) -> list[HomeCard]:
    """A certificate of the last weeks, to be fetched."""
    if all(card.state != PASSED for card in enrolment.enrolments_of(actor.id or 0)):
        return []
    since = clock.today() - NEWS_FOR
    fresh = [c for c in service.of_person(actor.id or 0) if c.status == VALID and c.issued_on >= since]
    return [
        HomeCard(
            NEWS_URGENCY,
            _("Sertifikat Anda sudah terbit"),
            _("Nomor %(number)s", number=c.number),
            "/sertifikat",
            _("Buka sertifikat"),
            icon="cert",
        )
        for c in fresh[:1]
    ]
