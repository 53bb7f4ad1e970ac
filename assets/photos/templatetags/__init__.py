"""Photos inside the pages of others."""
