"""Which of the settings' databases the map's tiles are read through.

The alias ``tiles`` is the same database by connections of another kind: see
``config.env.tiles_database``.
"""

from django.conf import settings


def tile_database() -> str:
    """Return the alias; in tests the default one, whose transaction the rows are in."""
    return str(settings.TILES_DATABASE)
