"""Every setting is read somewhere and explained to who runs the platform."""

import re
from dataclasses import fields

from config import Settings
from tests.architecture.source import FILES, ROOT

NAMES = [f.name for f in fields(Settings)]
READ_BY_LIBRARIES = {
    "SECRET_KEY",
    "SQLALCHEMY_DATABASE_URI",
    "SQLALCHEMY_ENGINE_OPTIONS",
    "MAX_CONTENT_LENGTH",
    "MAX_FORM_MEMORY_SIZE",
    "WTF_CSRF_ENABLED",
    "TESTING",
}


def test_every_setting_and_every_variable_is_explained():
    told = (ROOT / "docs/operate.md").read_text("utf-8")
    variables = re.findall(r"environ\.get\(\"(\w+)\"", (ROOT / "config.py").read_text("utf-8"))
    assert variables
    assert [n for n in {*NAMES, *variables} if f"`{n}`" not in told] == []


def test_every_setting_is_read():
    source = "".join(p.read_text("utf-8") for p in FILES)
    unread = [n for n in NAMES if n not in READ_BY_LIBRARIES and not re.search(rf"[\".]{n}\b", source)]
    assert unread == []


def test_only_config_reads_the_environment():
    readers = [p.name for p in FILES if re.search(r"os\.environ|getenv", p.read_text("utf-8"))]
    assert readers == []
