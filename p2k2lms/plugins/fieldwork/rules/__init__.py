"""Pure decisions of the field, one file for each question."""
