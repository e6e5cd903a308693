"""Outcomes: what training has to do with what happens in the field, and how sure that is."""
