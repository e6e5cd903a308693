"""Figures as JSON knows them."""

import math
from typing import Any

import numpy as np


def of(value: Any) -> Any:
    """The same with plain numbers; what is undefined or endless becomes None."""
    if isinstance(value, dict):
        return {key: of(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [of(part) for part in value]
    if isinstance(value, np.generic):
        return of(value.item())
    return None if isinstance(value, float) and not math.isfinite(value) else value
