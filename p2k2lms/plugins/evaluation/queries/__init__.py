"""Every SELECT of evaluation."""
