"""The pages of evaluation."""

from p2k2lms.plugins.evaluation.routes import answering, importing, instruments, results, waves
from p2k2lms.plugins.evaluation.routes.blueprint import pages

__all__ = ["answering", "importing", "instruments", "pages", "results", "waves"]
