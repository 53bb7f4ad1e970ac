"""Writes about volunteers: signing up, their own steps, and their leads'."""
