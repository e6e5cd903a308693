"""Reads and bulk-writes the tables of the field, one file for each thing that is asked about."""
