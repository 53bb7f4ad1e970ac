"""The pages of mail, and where providers tell what became of it."""
