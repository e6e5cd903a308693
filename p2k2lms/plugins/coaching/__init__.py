"""Coaching mandiri: paths for those without a class, and every observation of how a meeting is led."""
