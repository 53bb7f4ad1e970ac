"""Whether what tiles show is still as it was: a number that every write makes another.

Triggers add a random mark to ``frontend_tilechange`` for every statement that writes to
what a layer shows, in its own transaction; the sum of a layer's marks is its version.
A sequence would not do: it counts on before the writer commits, and a tile drawn in
between would pass for the new one. Nor would the highest number of a row: rows come to
light in the order of commits, not of numbers.
"""

from typing import Final

from django.db import connections

from geo.tile_database import tile_database

_VERSION: Final = (
    "SELECT coalesce(mod(sum(mark), 9007199254740992), 0)::bigint"
    " FROM frontend_tilechange WHERE layer = %s"
)


def version_of(layer: str) -> int:
    """Return the version of what a layer of tiles shows: ``assets`` or ``homes``."""
    with connections[tile_database()].cursor() as cursor:
        cursor.execute(_VERSION, [layer])
        (version,) = cursor.fetchone()
    return int(version)
