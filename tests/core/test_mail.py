"""Letters leave with the job worker, after the use-case is committed, and never twice by a rollback."""

import pytest

from p2k2lms.core import jobs, mail
from p2k2lms.core.unit_of_work import unit_of_work


def letters(app) -> list[str]:
    return [p.read_text() for p in (app.config["INSTANCE_DIR"] / "outbox").glob("*.eml")]


@pytest.fixture
def outbox(app):
    """The app, with an outbox folder that is empty before and after."""
    folder = app.config["INSTANCE_DIR"] / "outbox"
    yield app
    for letter in folder.glob("*.eml"):
        letter.unlink()


def test_a_letter_is_laid_in_the_outbox_once_the_use_case_is_done(outbox):
    with unit_of_work("test.write") as uow:
        uow.enqueue(mail.JOB, to="siti@example.test", subject="Sertifikat terbit", body="Silakan unduh.")
        assert letters(outbox) == []
    assert jobs.run_due() == 1
    [letter] = letters(outbox)
    assert "To: siti@example.test" in letter
    assert "Silakan unduh." in letter


def test_a_use_case_that_fails_sends_nothing(outbox):
    with pytest.raises(ZeroDivisionError), unit_of_work("test.write") as uow:
        uow.enqueue(mail.JOB, to="siti@example.test", subject="x", body="x")
        1 / 0  # noqa: B018
    assert jobs.run_due() == 0
    assert letters(outbox) == []


@pytest.mark.parametrize(
    ("url", "kind"), [("", mail.Outbox), ("smtp://localhost:25", mail.Smtp), ("smtps://u:p@mail:465", mail.Smtp)]
)
def test_the_setting_chooses_who_carries_the_letters(outbox, url, kind):
    outbox.config["MAIL_URL"] = url
    try:
        assert isinstance(mail.mailer(), kind)
    finally:
        outbox.config["MAIL_URL"] = ""
