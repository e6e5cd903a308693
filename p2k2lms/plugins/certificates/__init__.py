"""Certificates: issued with the completion, drawn as PDF, checked by anyone, revoked with a reason."""
