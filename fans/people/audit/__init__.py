"""Who changed what, and who read what about people."""
