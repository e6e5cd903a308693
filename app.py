"""The entry: `flask --app app ...` and the production server load this."""

from config import from_environment
from p2k2lms.factory import create_app

app = create_app(from_environment())
