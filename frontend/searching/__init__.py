"""The one search box: what words mean, what they find, and what was meant by a slip."""
