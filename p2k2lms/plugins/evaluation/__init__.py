"""Instruments, waves, replies, and what a wave says."""
