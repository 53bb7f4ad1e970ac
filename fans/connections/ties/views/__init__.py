"""Pages of the life of a tie."""
