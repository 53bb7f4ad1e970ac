"""Check rounds: a few places near somebody to look at on one walk."""
