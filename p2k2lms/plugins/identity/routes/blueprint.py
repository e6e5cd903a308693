"""The blueprint that all pages of identity hang on."""

from flask import Blueprint

pages = Blueprint("identity", __name__)
