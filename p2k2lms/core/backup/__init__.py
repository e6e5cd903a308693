"""The whole platform in one file, and back again, on either engine."""
