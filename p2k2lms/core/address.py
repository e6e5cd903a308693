"""Where the world finds this installation: what is printed on paper and written in letters."""

from flask import current_app

from p2k2lms.core import nature
from p2k2lms.core.errors import Conflict
from p2k2lms.core.i18n import _


def public_url() -> str:
    """The address as set; a demo without one speaks of this machine, a real installation refuses."""
    config = current_app.config
    if config["PUBLIC_URL"]:
        return str(config["PUBLIC_URL"])
    if not nature.is_demo():
        raise Conflict(_("Alamat umum situs ini belum diatur. Hubungi admin: PUBLIC_URL."))
    host = config["HOST"] if nature.is_loopback(config["HOST"]) else "127.0.0.1"
    return f"http://{host}:{config['PORT']}"
