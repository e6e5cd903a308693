"""What identity adds to the platform."""

from flask import Flask

from p2k2lms.core import quarantine
from p2k2lms.core.i18n import lazy
from p2k2lms.core.plugin import MenuItem, Plugin
from p2k2lms.plugins.identity import panels, permissions, service
from p2k2lms.plugins.identity.acts import ACTS
from p2k2lms.plugins.identity.commands import people, units
from p2k2lms.plugins.identity.demo import load
from p2k2lms.plugins.identity.personal import PERSONAL, RETENTION
from p2k2lms.plugins.identity.routes import pages
from p2k2lms.plugins.identity.routes.arriving import who
from p2k2lms.plugins.identity.service import leaving
from p2k2lms.web.login import manager


def _know_people(app: Flask) -> None:
    """Tell the login manager how a token becomes a person."""
    manager.user_loader(who)


def _ship_units() -> None:
    """The units that come with the product."""
    service.ship_units()


identity = Plugin(
    name="identity",
    title=lazy("Orang dan akun"),
    blueprints=(pages,),
    permissions=permissions.ALL,
    menu=(
        MenuItem(lazy("Saya"), "identity.account", permissions.CHANGE_ACCOUNT, icon="user", tab=True, order=90),
        MenuItem(lazy("Kelola"), "identity.manage", permissions.LIST_PEOPLE, icon="gear", order=80),
        MenuItem(lazy("Kode masuk"), "identity.resets", permissions.LIST_RESET_CODES, icon="lock", order=82),
    ),
    panels={
        "person.help": panels.person_help,
        "home.top": panels.home_top,
        "home.cards": panels.home_cards,
        "home.ahead": service.ahead,
    },
    notices={
        "identity.erasure_refused": lazy("Permintaan penghapusan data ditolak. Alasan: {reason}"),
        service.ENDED: lazy("Semua perangkat Anda dikeluarkan oleh {by}. Kata sandi Anda tetap."),
        service.CORRECTED: lazy("Data Anda sudah diperbaiki seperti permintaan Anda."),
        quarantine.TAKEN: lazy("Kiriman {receipt} atas nama Anda, yang ditahan, sudah diterima."),
        quarantine.REFUSED: lazy("Kiriman {receipt} atas nama Anda, yang ditahan, ditolak: {why}"),
        service.REFUSED: lazy("Permintaan perbaikan data ditolak: {reason}"),
    },
    jobs={service.FORGET: service.forget_sheets, leaving.LEAVE_LATE: leaving.leave_late},
    nightly=(service.FORGET, leaving.LEAVE_LATE),
    birth=_ship_units,
    demo=load,
    acts=ACTS,
    personal=PERSONAL,
    retention=RETENTION,
    commands=(units, people),
    setup=_know_people,
)
