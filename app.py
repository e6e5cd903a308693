"""The entry: `flask --app app ...` and the production server load this."""

import gc

from config import from_environment
from p2k2lms.factory import create_app

app = create_app(from_environment())

# What is loaded now stays until the end: leave it out of every later collection, and collect less often.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 50)
