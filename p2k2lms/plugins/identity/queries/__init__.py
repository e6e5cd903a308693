"""Every SELECT of identity: people and what they hold, the tree of units, open sessions."""
