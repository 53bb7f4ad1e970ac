"""What a home says to its score, what stands behind it, and who may see it."""
