"""The welcome card: what a visitor to a home is told before they come."""
