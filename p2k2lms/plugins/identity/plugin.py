"""What identity adds to the platform."""

from flask import Flask

from p2k2lms.core.i18n import lazy
from p2k2lms.core.plugin import MenuItem, Plugin
from p2k2lms.plugins.identity import permissions
from p2k2lms.plugins.identity.commands import units
from p2k2lms.plugins.identity.demo import load
from p2k2lms.plugins.identity.routes import pages
from p2k2lms.plugins.identity.routes.arriving import who
from p2k2lms.web.login import manager


def _know_people(app: Flask) -> None:
    """Tell the login manager how a token becomes a person."""
    manager.user_loader(who)


identity = Plugin(
    name="identity",
    blueprints=(pages,),
    permissions=permissions.ALL,
    menu=(
        MenuItem(lazy("Saya"), "identity.account", permissions.CHANGE_ACCOUNT, icon="user", tab=True, order=90),
        MenuItem(lazy("Kelola"), "identity.manage", permissions.LIST_PEOPLE, icon="gear", order=80),
    ),
    demo=load,
    commands=(units,),
    setup=_know_people,
)
