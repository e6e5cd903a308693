"""Where the world finds this installation, as printed on paper; and which addresses lead nowhere else."""

import re

from flask import current_app

from p2k2lms.core import nature
from p2k2lms.core.errors import Conflict
from p2k2lms.core.i18n import _

HERE = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f]*")


def is_here(path: str) -> bool:
    """True if a browser that is sent to this path stays on this site: what people may hand in as `next`."""
    return HERE.fullmatch(path) is not None


def public_url() -> str:
    """The address as set; a demo without one speaks of this machine, a real installation refuses."""
    config = current_app.config
    if config["PUBLIC_URL"]:
        return str(config["PUBLIC_URL"])
    if not nature.is_demo():
        raise Conflict(_("Alamat umum situs ini belum diatur. Hubungi admin: PUBLIC_URL."))
    host = config["HOST"] if nature.is_loopback(config["HOST"]) else "127.0.0.1"
    return f"http://{host}:{config['PORT']}"
