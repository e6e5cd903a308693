"""The pages of evaluation."""

from p2k2lms.plugins.evaluation.routes import answering, instruments, waves
from p2k2lms.plugins.evaluation.routes.blueprint import pages

__all__ = ["answering", "instruments", "pages", "waves"]
