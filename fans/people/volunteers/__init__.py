"""Volunteers: signing up, the pathway, vetting decisions, inductions, hours."""
