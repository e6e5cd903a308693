"""The pages of evaluation."""

from p2k2lms.plugins.evaluation.routes import answering, classes, importing, instruments, lines, results, waves
from p2k2lms.plugins.evaluation.routes.blueprint import pages

__all__ = ["answering", "classes", "importing", "instruments", "lines", "pages", "results", "waves"]
