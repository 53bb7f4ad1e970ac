"""Tiles of places and homes as everybody may see them, whoever asks.

What a query string means is worked out once: that takes far longer than drawing a tile.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from django.http import QueryDict

from assets.cells import asked_of
from frontend.packed_tiles import PackedTile, kept
from frontend.selection import NARROWING, BadSelectionError, Selection, read_public_selection
from frontend.versions import version_of
from geo.pyramid import FINEST_ZOOM, CellsAsked, encode_cells
from geo.tile_database import tile_database
from geo.tiles import PointLayer, PointsStatement, Tile, compile_points, encode_points
from homes.shown import shown_in

ASSETS: Final = PointLayer(
    "assets", {"id": "pk", "name": "name", "c": "category", "s": "check_state"}
)
HOMES: Final = PointLayer("homes", {"id": "pk", "name": "shown_name"})


@dataclass(frozen=True)
class PublicTiles:
    """The tiles of one layer under one query string."""

    layer: str
    filters: str
    points: PointsStatement | None = None  # of places; None: homes
    cells: CellsAsked | None = None  # None: the pyramid can't tell

    def drawn(self, tile: Tile) -> PackedTile:
        """Return a tile as it is at this moment.

        Few points are read as quickly as their version, so they aren't kept.
        """
        if self.points and tile.z > FINEST_ZOOM:
            return PackedTile(self.points.encode(tile))
        where = f"{self.layer}/{tile.z}/{tile.x}/{tile.y}?{self.filters}"
        # The version is read before the rows: what is written meanwhile may be drawn under
        # the old one, and never the other way round.
        return kept(f"{where}#{version_of(self.layer)}", self._encoding(tile))

    def _encoding(self, tile: Tile) -> Callable[[], bytes]:
        if self.points is None:
            return partial(encode_homes, QueryDict(self.filters), tile)
        if self.cells is None:
            return partial(self.points.encode, tile)
        return partial(encode_cells, self.cells, tile, using=tile_database())


@lru_cache(maxsize=256)
def public_tiles(layer: str, query: str, using: str) -> PublicTiles | None:
    """Return how a layer (``assets`` or ``homes``) is drawn under a query string.

    None where words are looked for: what they mean hangs on rows, and they are rarely the
    same. The same string always asks for the same, read through the alias ``using``.

    Raises:
        BadSelectionError: it cannot be read, or holds a parameter that means nothing.
    """
    params = QueryDict(query)
    refuse_unknown(params, NARROWING)
    selection = read_public_selection(params)
    if selection.asked.q:
        return None
    filters = selection.filters.urlencode()
    if layer == "homes":
        return PublicTiles(layer, filters)
    points = compile_points(selection.assets().using(using), ASSETS)
    return PublicTiles(layer, filters, points, cells_asked(selection))


def refuse_unknown(params: QueryDict, known: tuple[str, ...]) -> None:
    """Refuse what means nothing here: made-up addresses would pass by every cache."""
    for name in sorted(set(params) - set(known)):
        raise BadSelectionError(f"{name[:50]}: There is no such parameter here.")


def cells_asked(selection: Selection) -> CellsAsked | None:
    """Return what the pyramid is asked; None where the rows must be."""
    if not selection.shows_places:
        return None
    return asked_of(selection.everywhere, offers=selection.offers)


def encode_homes(params: QueryDict, tile: Tile) -> bytes:
    """Encode the homes of a selection, as the public sees them."""
    homes = shown_in(read_public_selection(params).homes(), tile.bbox)
    return encode_points(homes.using(tile_database()), tile, HOMES, location="shown_at")
