"""Completion: how far people have come, who has finished and why, and the marks of a class."""
