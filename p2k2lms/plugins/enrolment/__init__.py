"""Who learns what, where and with whom: classes, their staff, their members, and the spells of exposure."""
