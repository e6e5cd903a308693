"""The network that a request comes from: what slows down whoever knocks too often counts by it."""

import ipaddress

from flask import request


def network() -> str:
    """An IPv4 address, or the /64 of an IPv6 one: so many addresses belong to one customer."""
    try:
        found = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return str(ipaddress.ip_network((found, 64), strict=False))
        found = found.ipv4_mapped
    return str(found)
