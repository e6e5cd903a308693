"""Pure decisions of coaching: sheets, paths, waiting."""
