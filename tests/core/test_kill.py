"""Senders on a bad link, killed with SIGKILL while they send 1,500 things: each is there once, with its receipt."""

import pytest

from tests import databases
from tools import soak


@pytest.mark.slow("kills and restarts sending processes")
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_nothing_is_lost_or_doubled_when_senders_are_killed(engine, tmp_path, worker_id):
    uri = f"sqlite:///{tmp_path}/kill.db" if engine == "sqlite" else databases.fresh_postgres(f"kill_{worker_id}")
    try:
        proof = soak.prove(uri, tmp_path, count=1500, kills=2, pause=0.1)
    finally:
        if engine == "postgresql":
            databases.drop_postgres(f"kill_{worker_id}")
    assert proof.kills
    assert proof.holds, proof
