"""Waves and assignments as others see them."""

from dataclasses import fields
from typing import Any

from p2k2lms.plugins.evaluation.values import AssignmentCard, WaveCard, wave_title


def wave_card(row: Any) -> WaveCard:
    """A wave as others see it."""
    return WaveCard(**{field.name: getattr(row, field.name) for field in fields(WaveCard)} | {"title": wave_title(row)})


def assignment_card(row: Any) -> AssignmentCard:
    """Who is asked, as others see it."""
    return AssignmentCard(**{field.name: getattr(row, field.name) for field in fields(AssignmentCard)})
