"""A place on a scale."""

from p2k2lms.plugins.evaluation.kinds.number import Number


class Scale(Number):
    """A number too, between two ends that have names."""

    name = "scale"
