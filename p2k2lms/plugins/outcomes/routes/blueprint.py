"""The blueprint of the outcomes."""

from flask import Blueprint

pages = Blueprint("outcomes", __name__, url_prefix="/dampak")
MOST = 2**31 - 1
