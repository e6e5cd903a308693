"""Who knocks too often is known by the network that the requests come from."""

import pytest

from p2k2lms.web.network import network


@pytest.mark.parametrize(
    ("asked_from", "counts_as"),
    [
        ("36.68.1.9", "36.68.1.9"),
        ("::ffff:36.68.1.9", "36.68.1.9"),
        ("2001:448a:1:2:aaaa::1", "2001:448a:1:2::/64"),
        ("2001:448a:1:2:bbbb::2", "2001:448a:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_a_network_is_one_customer(app, asked_from, counts_as):
    with app.test_request_context(environ_base={"REMOTE_ADDR": asked_from}):
        assert network() == counts_as
