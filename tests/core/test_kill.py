"""Killed with SIGKILL: senders on a bad link, and the server while answers are saved; each thing is there once."""

import pytest

from tests import databases
from tools import answers, soak


@pytest.fixture(params=["sqlite", "postgresql"])
def uri(request, tmp_path, worker_id):
    """An empty database of each engine, gone afterwards."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/kill.db"
        return
    yield databases.fresh_postgres(f"kill_{worker_id}")
    databases.drop_postgres(f"kill_{worker_id}")


@pytest.mark.slow("kills and restarts sending processes")
def test_nothing_is_lost_or_doubled_when_senders_are_killed(uri, tmp_path):
    proof = soak.prove(uri, tmp_path, count=1000, kills=2, pause=0.1)
    assert proof.kills
    assert proof.holds, proof


@pytest.mark.slow("kills and restarts a whole server while a thousand answers are saved")
def test_every_answer_with_a_receipt_is_there_once_when_the_server_is_killed(uri, tmp_path):
    proof = answers.prove_answers(uri, tmp_path, count=1000, kills=1)
    assert proof.kills
    assert proof.holds, proof
