"""The pure decisions of a test: what is drawn, who gets which form, what it earns, what the result says."""
