"""Pages of volunteers, of the adults of the young, and of leads."""
