"""Weeks without a hand on it: a small parent process that starts the show again."""
