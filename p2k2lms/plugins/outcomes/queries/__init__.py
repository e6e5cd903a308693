"""Reads and writes of the outcomes."""
