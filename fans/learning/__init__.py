"""Learning together: the forward plan, from a topic to what is done about it."""
