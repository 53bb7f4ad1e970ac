"""Volunteers and homes: who fits, with the reasons, and both sides say yes."""
