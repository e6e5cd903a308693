"""The platform starts without any plugin that nothing else requires, and names what is missing."""

import pytest

from config import for_tests
from p2k2lms.core.plugin import Plugin, PluginError, choose
from p2k2lms.factory import create_app
from p2k2lms.installed import INSTALLED
from tests.architecture.source import PLUGINS

ALL = tuple(p.name for p in INSTALLED)
REQUIRED = {name for p in INSTALLED for name in p.requires}
FREE = [name for name in ALL if name not in REQUIRED]


@pytest.mark.parametrize("absent", FREE)
def test_the_platform_starts_without(absent, tmp_path):
    names = tuple(n for n in ALL if n != absent)
    app = create_app(for_tests(tmp_path, f"sqlite:///{tmp_path}/x.db", PLUGINS=names))
    assert tuple(p.name for p in app.extensions["plugins"]) == names
    assert app.test_client().get("/sehat").status_code == 200


def test_every_plugin_of_the_house_is_installed():
    assert {p.parent.name for p in PLUGINS.glob("*/plugin.py")} == set(ALL)


def test_a_missing_requirement_is_named():
    upper = Plugin(name="upper", requires=("lower",))
    with pytest.raises(PluginError, match="upper requires lower"):
        choose((upper,), None)


def test_a_plugin_may_not_come_before_what_it_requires():
    lower, upper = Plugin(name="lower"), Plugin(name="upper", requires=("lower",))
    with pytest.raises(PluginError, match="upper requires lower"):
        choose((upper, lower), None)


def test_two_plugins_may_not_share_a_name():
    with pytest.raises(PluginError, match="two plugins"):
        choose((Plugin(name="a"), Plugin(name="a")), None)
