"""What is kept as a proof says how to make it again."""

import json

import pytest

from bench import proofs

KEPT = sorted(proofs.FOLDER.glob("*.json"))


@pytest.mark.parametrize("file", KEPT, ids=lambda file: file.stem)
def test_a_proof_says_its_commit_its_seed_its_command_and_its_day(file):
    told = json.loads(file.read_text("utf-8"))
    for part in [told] if "commit" in told else told.values():
        assert {"commit", "seed", "command", "date"} <= part.keys()


def test_proofs_are_kept():
    assert {"kills", "national-pages", "worlds"} <= {file.stem for file in KEPT}


def test_it_is_told_of_the_commit_that_was_measured():
    told = proofs.about("make soak", 7)
    assert (len(str(told["commit"])), told["seed"], told["command"]) == (40, 7, "make soak")
