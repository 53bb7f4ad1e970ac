"""How open a home is to its community: instrument, waves, answers, score."""
