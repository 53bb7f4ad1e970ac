"""Pages of matches: a home's, a volunteer's own, and those of their lead."""
