"""Two records of one place: found, told apart for good, merged, and the merging undone."""
