"""The field: groups and who holds them, meetings with the families, their reports, and what was covered."""
