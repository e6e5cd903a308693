"""Learning: the outline of a course, its cards one by one, what has been read, and where somebody stopped."""
