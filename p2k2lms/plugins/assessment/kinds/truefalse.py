"""True or false: a single choice whose two options stay in their order."""

from p2k2lms.plugins.assessment.kinds.single import SingleChoice


class TrueFalse(SingleChoice):
    """Benar stands first, Salah second, for everybody."""

    name = "truefalse"
    shuffles = False
