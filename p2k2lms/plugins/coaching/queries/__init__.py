"""Every SELECT of coaching."""
