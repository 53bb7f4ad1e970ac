"""Partners keep their own entry right: the mailed question, and the claim on a place."""
