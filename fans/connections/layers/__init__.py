"""Layers over the map: a home's ties, what areas lack, where help is; each also as a table."""
