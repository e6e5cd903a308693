"""What a request says about the browser that sends it, and how a token becomes a person."""

import ipaddress
import re
import secrets

from flask import current_app, request

from p2k2lms.plugins.identity import rules, service
from p2k2lms.web.login import SignedIn
from p2k2lms.web.page import demo_band

DEVICE = "perangkat"
LOOKS_ONLY = {"GET", "HEAD", "OPTIONS"}


def door() -> service.Door:
    """The device that asks to come in, by its cookie; a device without one gets a new name."""
    known = request.cookies.get(DEVICE, "")
    key = known if re.fullmatch(r"[0-9a-f]{32}", known) else secrets.token_hex(16)
    label = rules.device_label(request.headers.get("User-Agent", ""))
    return service.Door(key, label, address(), str(current_app.config["SECRET_KEY"]))


def address() -> str:
    """The network that a request comes from: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        found = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    return str(found) if found.version == 4 else str(ipaddress.ip_network(f"{found}/64", strict=False))


def who(token: str) -> SignedIn | None:
    """Who holds this token today. A page that is only looked at writes nothing: the use of a device is noted
    when it sends something, at most twice a day, in a transaction of its own."""
    frozen = frozenset({"admin"}) if demo_band() else frozenset[str]()
    opened = service.actor_of(token, frozen)
    if opened is None:
        return None
    if request.method not in LOOKS_ONLY:
        service.note_use(opened)
    return SignedIn(token, opened.actor, opened.device_key)
