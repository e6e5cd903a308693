"""What was done goes by the words of the plugin that does it."""

import pytest

from p2k2lms.core import acts


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("trial.greet", "Salam dikirim"),
        ("core.read_notices", "Kabar dibaca"),
        ("intake.trial.line", "Baris"),
        ("intake.trial.note", "intake.trial.note"),
        ("gone.say_goodbye", "gone.say_goodbye"),
    ],
)
def test_an_act_goes_by_its_words_and_else_by_its_own_name(trial, act, words):
    assert acts.in_words(act) == words


def test_each_part_in_which_people_act_is_offered(trial):
    offered = acts.areas()
    assert (offered["trial"], str(offered["core"]), "indicators" in offered) == ("Percobaan", "Sistem", False)
