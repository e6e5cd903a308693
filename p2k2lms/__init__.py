"""p2k2lms: a small core and a set of plugins that train pendamping PKH and follow what came of it."""
