"""The three getting-started steps of a home, as guided screens."""
