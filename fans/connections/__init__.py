"""Partners, partnerships, connections and tallies: the ties of a home."""
