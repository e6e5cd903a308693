"""The time of a run is told by layer: every test file has one, and seconds go where they were spent."""

import pytest

from tests.architecture.source import ROOT
from tools import layers


def test_every_test_file_belongs_to_a_layer():
    files = [str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("test_*.py")]
    assert {layers.layer_of(file) for file in files} == set(layers.LAYERS)


@pytest.mark.parametrize(
    ("file", "layer"),
    [
        ("tests/plugins/fieldwork/test_group_routes.py", "pages"),
        ("tests/plugins/enrolment/test_prepared_pages.py", "pages"),
        ("tests/core/test_backup_rules.py", "rules"),
        ("tests/core/test_kill.py", "services and intake"),
        ("tests/architecture/test_clock.py", "architecture and content"),
    ],
)
def test_a_file_is_in_the_layer_that_its_name_says(file, layer):
    assert layers.layer_of(file) == layer


def test_seconds_are_added_up_and_shared_among_the_processes():
    took = [("tests/core/test_kill.py::test_a", 30.0), ("tests/core/test_jobs.py::test_b[sqlite]", 15.0)]
    assert layers.table(took, 3) == ["services and intake          15 s of 150,    45 s in all its tests"]


def test_what_takes_longer_than_it_may_is_said_by_how_much():
    (line,) = layers.table([("tests/core/test_a.py::test_x", 480.0)], 3)
    assert line == "services and intake         160 s of 150,   480 s in all its tests, 10 s TOO MUCH"


def test_a_file_in_no_layer_is_named():
    with pytest.raises(LookupError, match=r"tests/new/test_a\.py is in no layer"):
        layers.layer_of("tests/new/test_a.py")
