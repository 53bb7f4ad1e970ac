"""Damaged files, made in code: every way in which real ones have gone wrong, and some more.

Each is a small function named for its damage; ``kinds.KINDS`` lists them all.
"""

from tests.damaged import cells, feeds, maps, packed, paths, texts

__all__ = ["cells", "feeds", "maps", "packed", "paths", "texts"]
