"""Letters: sent by the job worker over SMTP where one is configured, else laid in a folder to be looked at."""

import logging
import smtplib
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from flask import current_app

log = logging.getLogger(__name__)
JOB = "core.send_mail"


class Mailer(Protocol):
    """Whatever takes a letter away."""

    def send(self, letter: EmailMessage) -> None: ...


class Outbox:
    """Keeps letters as files instead of sending them: demo, development and tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, letter: EmailMessage) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = str(letter["Message-ID"]).strip("<>").split("@", 1)[0]
        (self.folder / f"{name}.eml").write_bytes(bytes(letter))


class Smtp:
    """Sends over SMTP; `smtp://user:password@host:port`, `smtps://` for TLS from the first byte."""

    def __init__(self, url: str) -> None:
        self.at = urlsplit(url)

    def send(self, letter: EmailMessage) -> None:
        kind = smtplib.SMTP_SSL if self.at.scheme == "smtps" else smtplib.SMTP
        with kind(self.at.hostname or "localhost", self.at.port or 0, timeout=20) as server:
            if self.at.username:
                if self.at.scheme != "smtps":
                    server.starttls()
                server.login(self.at.username, self.at.password or "")
            server.send_message(letter)


def mailer() -> Mailer:
    """The one that this installation is set up with."""
    url = current_app.config["MAIL_URL"]
    return Smtp(url) if url else Outbox(Path(current_app.config["INSTANCE_DIR"]) / "outbox")


def deliver(to: str, subject: str, body: str) -> None:
    """The job `core.send_mail`: raises when the letter could not be handed over, and is tried again."""
    letter = EmailMessage()
    letter["From"] = current_app.config["MAIL_FROM"]
    letter["To"] = to
    letter["Subject"] = subject
    letter["Message-ID"] = make_msgid(domain="p2k2lms.invalid")
    letter.set_content(body)
    mailer().send(letter)
    log.info("a letter left")


JOBS = {JOB: deliver}
