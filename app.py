"""The entry: `flask --app app ...` and the production server load this."""

import gc

import click

from config import from_environment
from p2k2lms.core import nature
from p2k2lms.factory import create_app
from p2k2lms.web import strangers

app = create_app(from_environment())
if click.get_current_context(silent=True) is None:  # a server, not a command: some commands need no secret
    nature.must_have_secret(app.config)
    strangers.keep_out(app)

# What is loaded now stays until the end: leave it out of every later collection, and collect less often.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 50)
