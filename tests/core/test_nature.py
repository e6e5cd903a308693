"""A database is born demo or real, once; a demo one stays where strangers cannot reach it."""

import pytest

from p2k2lms.core import nature
from p2k2lms.core.errors import Conflict


def test_before_birth_it_is_neither(both):
    assert (nature.is_demo(), nature.filled()) == (None, "")


@pytest.mark.parametrize("demo", [True, False])
def test_saying_it_again_is_harmless_and_the_other_thing_is_refused(both, demo):
    nature.be_born(demo)
    nature.be_born(demo)
    with pytest.raises(Conflict):
        nature.be_born(not demo)
    assert nature.is_demo() is demo


def test_a_real_one_refuses_demo_data(both):
    nature.be_born(demo=False)
    with pytest.raises(Conflict, match="data demo ditolak"):
        nature.must_be_demo()


def test_a_demo_remembers_what_it_was_filled_with(both):
    nature.be_born(demo=True)
    nature.must_be_demo()
    nature.note_filled("small")
    assert nature.filled() == "small"


LOCAL = {"ENV": "local", "HOST": "127.0.0.1", "DEMO_PUBLIC": False}


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({}, False),
        ({"HOST": "localhost"}, False),
        ({"HOST": "::1"}, False),
        ({"ENV": "production"}, True),
        ({"ENV": "production", "DEMO_PUBLIC": True}, True),
        ({"HOST": "0.0.0.0"}, True),
        ({"HOST": "belajar.example.id"}, True),
        ({"HOST": "0.0.0.0", "DEMO_PUBLIC": True}, False),
    ],
)
def test_a_demo_is_not_served_to_strangers(app, change, refused):
    nature.be_born(demo=True)
    if refused:
        with pytest.raises(Conflict):
            nature.must_allow(LOCAL | change)
    else:
        nature.must_allow(LOCAL | change)


def test_a_real_one_is_served_wherever_it_is_told(app):
    nature.be_born(demo=False)
    nature.must_allow({"ENV": "production", "HOST": "0.0.0.0", "DEMO_PUBLIC": False})
    assert nature.is_demo() is False
