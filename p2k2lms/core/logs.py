"""The log: one JSON object a line on the standard error, with the id of the request and no personal data.

What is written is a sentence with numbers; queries, bodies, names and addresses never reach it. A path is written as
its rule, so that a code or a number in an address stays out.
"""

import json
import logging
import re
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="")
SECRET = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+\.[\w.-]+)|(?P<phone>(?<!\d)(?:\+?62|0)8\d{7,11}(?!\d))|(?P<nik>(?<!\d)\d{16}(?!\d))"
    r"|(?P<url>\w+://[^\s/]*:[^\s/]*@)"
)
EXTRAS = ("method", "rule", "status", "ms")


def clean(text: str) -> str:
    """The text without e-mail addresses, phone numbers, NIK, and passwords in addresses."""
    return SECRET.sub(lambda found: f"[{found.lastgroup}]", text)


class OneLine(logging.Formatter):
    """A record as one JSON object: when, how grave, from where, what, in which request."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "text": clean(record.getMessage()),
        }
        if request_id.get():
            said["request"] = request_id.get()
        said |= {name: getattr(record, name) for name in EXTRAS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            said["error"] = record.exc_info[0].__name__
            said["trace"] = clean("".join(traceback.format_exception(*record.exc_info)))
        return json.dumps(said, ensure_ascii=False)


def install(form: str) -> None:
    """`json` writes such lines from now on; anything else leaves the log as Python has it."""
    if form != "json":
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)
