"""Courses: the documents that authors write, and the immutable versions that people learn from."""
