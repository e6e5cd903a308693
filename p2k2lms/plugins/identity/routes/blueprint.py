"""The blueprint that all pages of identity hang on."""

from flask import Blueprint

MOST = 2**31 - 1
pages = Blueprint("identity", __name__)
