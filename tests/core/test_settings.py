"""Settings of a unit: the nearest choice holds, an empty one gives back to the unit above."""

import pytest

from p2k2lms.core import settings
from p2k2lms.core.errors import Invalid
from tests.conftest import an_actor

ADMIN = an_actor(1, "admin")
DESA, KABUPATEN, NASIONAL = 30, 20, 1
LINEAGE = (DESA, KABUPATEN, NASIONAL)


def test_without_a_choice_the_declared_default_holds(trial):
    assert settings.value("trial.limit", LINEAGE) == "10"


def test_the_nearest_choice_holds(trial):
    settings.choose(ADMIN, NASIONAL, "trial.limit", "5")
    settings.choose(ADMIN, KABUPATEN, "trial.limit", "7")
    assert settings.value("trial.limit", LINEAGE) == "7"
    assert settings.value("trial.limit", (NASIONAL,)) == "5"
    assert settings.of_unit(KABUPATEN) == {"trial.limit": "7"}


def test_an_empty_choice_gives_back_to_the_unit_above(trial):
    settings.choose(ADMIN, KABUPATEN, "trial.word", "hai")
    settings.choose(ADMIN, KABUPATEN, "trial.word", "hei")
    settings.choose(ADMIN, KABUPATEN, "trial.word", "")
    settings.choose(ADMIN, KABUPATEN, "trial.word", "")
    assert settings.value("trial.word", LINEAGE) == "halo"


@pytest.mark.parametrize(("key", "text"), [("trial.limit", "banyak"), ("trial.limit", "-1"), ("unknown", "1")])
def test_what_is_not_declared_or_no_number_is_refused(trial, key, text):
    with pytest.raises(Invalid):
        settings.choose(ADMIN, NASIONAL, key, text)
    assert settings.of_unit(NASIONAL) == {}
