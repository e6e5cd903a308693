"""Indicators: definitions that plugins declare, counted by unit and month, summed up the tree."""
