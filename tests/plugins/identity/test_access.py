"""Every route of identity, opened by every role: for the own unit, another unit, and signed out."""

from datetime import date

import pytest
from sqlalchemy import select

from p2k2lms.core.db import db
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.models import Posting, Supervision
from p2k2lms.plugins.identity.values import ROLES
from tests.factories.identity import a_person, as_actor, someone, supervised, the_units

OPEN = {"identity.sign_in", "identity.sign_in_demo", "identity.sign_out"}
ACCOUNT = (
    ("GET", "/akun", 200),
    ("GET", "/akun/sandi", 200),
    ("POST", "/akun/sandi", 422),
    ("POST", "/akun/perangkat/4711/keluar", 404),
    ("POST", "/akun/keluar-semua", 303),
)
ADMIN_ANYWHERE = (
    ("GET", "/kelola", 200),
    ("GET", "/kelola/orang", 200),
    ("GET", "/kelola/orang/tambah", 200),
    ("POST", "/kelola/orang/tambah", 422),
    ("GET", "/kelola/audit", 200),
)
OF_PERSON = (
    ("GET", "/kelola/orang/{person}", 200),
    ("GET", "/kelola/orang/{person}/ubah", 200),
    ("POST", "/kelola/orang/{person}/ubah", 422),
    ("POST", "/kelola/orang/{person}/penugasan", 422),
    ("POST", "/kelola/orang/{person}/supervisor", 422),
    ("POST", "/kelola/orang/{person}/supervisor/{supervision}/akhiri", 303),
    ("POST", "/kelola/orang/{person}/penugasan/{posting}/akhiri", 303),
    ("POST", "/kelola/orang/{person}/tutup", 303),
    ("POST", "/kelola/orang/{person}/buka", 303),
)
OF_UNIT = (
    ("GET", "/kelola/wilayah/{unit}", 200),
    ("GET", "/kelola/wilayah/{unit}/tambah", 200),
    ("POST", "/kelola/wilayah/{unit}/tambah", 422),
    ("GET", "/kelola/wilayah/{unit}/pengaturan", 200),
    ("POST", "/kelola/wilayah/{unit}/pengaturan", 303),
)
SUBJECTS = OF_PERSON + OF_UNIT
TABLE = [
    *((who, method, path, status) for who in ("unposted", *ROLES) for method, path, status in ACCOUNT),
    *((role, method, path, 403) for role in ROLES if role != "admin" for method, path, _ in ADMIN_ANYWHERE + SUBJECTS),
    *(("admin", *row) for row in ADMIN_ANYWHERE + SUBJECTS),
    *(("admin above", *row) for row in SUBJECTS),
    *(("admin elsewhere", method, path, 404) for method, path, _ in SUBJECTS),
]
SENT = {"valid_to": "2026-12-01"}


@pytest.fixture
def place(app):
    """A pendamping of Kapuas with a supervisor, and the ids that the paths need."""
    ids = the_units()
    person, supervisor = someone("pendamping", "62.03"), someone("supervisor", "62.03")
    supervised(supervisor, person)
    return {
        "unit": ids["62.03"],
        "person": person,
        "posting": db.session.scalar(select(Posting.id).where(Posting.person_id == person)),
        "supervision": db.session.scalar(select(Supervision.id)),
    }


def client_of(who, sign_in):
    if who == "unposted":
        return sign_in(as_actor(a_person()))
    role, _, where = who.partition(" ")
    return sign_in(as_actor(someone(role, {"": "62.03", "above": "62", "elsewhere": "63"}[where])))


@pytest.mark.parametrize(("who", "method", "path", "status"), TABLE)
def test_each_role_gets_what_it_may(place, sign_in, who, method, path, status):
    answer = client_of(who, sign_in).open(path.format(**place), method=method, data=SENT if method == "POST" else None)
    assert answer.status_code == status


@pytest.mark.parametrize(("method", "path"), [(m, p) for m, p, _ in ACCOUNT + ADMIN_ANYWHERE + SUBJECTS])
def test_a_visitor_is_led_to_sign_in(place, browser, method, path):
    answer = browser.open(path.format(**place), method=method)
    assert answer.status_code == 302
    assert answer.location.startswith("/masuk")


def test_the_table_names_every_route(app):
    named = {
        (method, path.format(unit=1, person=1, posting=1, supervision=1))
        for method, path, _ in ACCOUNT + ADMIN_ANYWHERE + SUBJECTS
    }
    adapter = app.url_map.bind("")
    told = {adapter.match(path, method)[0] for method, path in named}
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("identity.")}
    assert routes - OPEN == told


def test_the_person_of_the_table_is_really_of_kapuas(place):
    assert service.home_unit(place["person"], date(2026, 11, 21)).kemendagri_code == "62.03"
