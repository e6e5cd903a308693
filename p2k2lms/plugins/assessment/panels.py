"""What assessment shows on pages that are not its own: an outline, a sesi, a class, a person, home, the studio."""

from flask import render_template, url_for

from p2k2lms.core.access import Actor, allowed
from p2k2lms.core.i18n import _, counted
from p2k2lms.core.panels import HomeCard
from p2k2lms.plugins.assessment import service
from p2k2lms.plugins.assessment.permissions import LIST_ITEMS, READ_ANSWERS
from p2k2lms.plugins.assessment.rules.clinic import COUNTS_ONLY
from p2k2lms.plugins.assessment.values import EXAMS, PING, POST, PRE
from p2k2lms.plugins.assessment.words import title_of
from p2k2lms.plugins.enrolment.values import AngkatanCard, EnrolmentCard
from p2k2lms.web.login import current_actor

GO_ON, BEGIN_POST, BEGIN_PRE, REMEMBER = 95, 85, 75, 65


def outline_top(enrolment: EnrolmentCard) -> str:
    """The pre-test, while it may still be sat."""
    found = service.tests_of(enrolment)
    if not found or not (found[0].standing.pre_offered or found[0].standing.unfinished(PRE)):
        return ""
    return render_template("assessment/panel_pre.html", t=found[0])


def outline_bottom(enrolment: EnrolmentCard) -> str:
    """The post-test with its state, and the practice copy."""
    found = service.tests_of(enrolment)
    return render_template("assessment/panel_post.html", t=found[0]) if found else ""


def sesi_after(enrolment: EnrolmentCard, sesi_id: str) -> str:
    """The quick check of a sesi that has just been read."""
    check = service.quick_check(enrolment, sesi_id)
    return render_template("assessment/panel_check.html", check=check) if check else ""


def class_tab(angkatan: AngkatanCard) -> str:
    """The way to the tests of a class."""
    if not allowed(current_actor(), READ_ANSWERS, angkatan):
        return ""
    return render_template("assessment/panel_class.html", angkatan=angkatan)


def person_page(person_id: int) -> str:
    """On a person's page: points before and after, for those who may know them."""
    found = service.person_scores(current_actor(), person_id)
    return render_template("assessment/person.html", found=found) if found else ""


def item_side(course: str, item: str) -> str:
    """Beside an item in its editor: how it fared in the post-tests."""
    actor = current_actor()
    found = service.item_figures(actor, course, item) if allowed(actor, LIST_ITEMS, course) else None
    return render_template("assessment/item_side.html", found=found, least=COUNTS_ONLY) if found else ""


def card_side(course: str, step: str) -> str:
    """Beside a card in its editor: the items of the tests that send back to it."""
    actor = current_actor()
    found = service.items_of_card(actor, course, step) if allowed(actor, LIST_ITEMS, course) else []
    return render_template("assessment/card_side.html", found=found, course=course) if found else ""


def home(actor: Actor) -> list[HomeCard]:
    """What a test asks of the learner now: go on, begin the post-test or the pre-test, see what is still known."""
    return [card for t in service.own_tests(actor) for card in (*_proposed(t), *_remembered(t))]


def _proposed(t: service.CourseTests) -> list[HomeCard]:
    standing = t.standing
    if not standing.running:
        return []
    for purpose in EXAMS:
        if standing.unfinished(purpose):
            line = _("Jawaban Anda tersimpan. Waktunya tetap berjalan.")
            return [_button(t, purpose, GO_ON, line, _("Lanjutkan tes"))]
    line = counted("%(n)s soal, %(m)s menit sejak dimulai.", t.blueprint.size, m=t.blueprint.minutes)
    left = standing.posts_left(t.blueprint.attempts_post)
    if standing.post_open and left:
        more = counted("Batas lulus %(p)s, sisa %(n)s kesempatan.", left, p=t.limit)
        return [_way(t, POST, BEGIN_POST, f"{line} {more}", _("Kerjakan post-test"))]
    if standing.pre_offered and not standing.post_open:
        more = _("Agar terlihat apa yang Anda dapat dari belajar.")
        return [_way(t, PRE, BEGIN_PRE, f"{line} {more}", _("Kerjakan pre-test"))]
    return []


def _remembered(t: service.CourseTests) -> list[HomeCard]:
    if not t.standing.ping_due:
        return []
    line = _("Apa yang masih Anda ingat? Sekitar dua menit, tidak masuk nilai.")
    return [_button(t, PING, REMEMBER, line, _("Mulai cek ingatan"))]


def _way(t: service.CourseTests, purpose: str, urgency: int, line: str, button: str) -> HomeCard:
    """To the page before a test: looking at it starts no clock."""
    url = url_for("assessment.ready", enrolment_id=t.enrolment.id, purpose=purpose)
    return HomeCard(urgency, title_of(purpose), line, url, button, t.title, icon="edit")


def _button(t: service.CourseTests, purpose: str, urgency: int, line: str, button: str) -> HomeCard:
    url = url_for("assessment.start", enrolment_id=t.enrolment.id, purpose=purpose)
    return HomeCard(urgency, title_of(purpose), line, url, button, t.title, icon="edit", post=True)


def offline_page() -> str:
    """The pieces from which a phone without signal goes on with a test."""
    words = {"empty": _("Belum dijawab: soal %(n)s.", n="%s"), "full": _("Semua soal sudah dijawab")}
    return render_template("assessment/offline.html", words=words)
