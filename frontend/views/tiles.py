"""Vector tiles: the same selection as the list, placed on the map.

A browser asks about every tile anew, and is told "as it was" (304) by what is in it: so
what is saved, moved or hidden is right in the very next one. Public tiles that cost
something to encode are kept in the process for as long as nobody writes to their rows.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from assets.models import Visibility
from frontend.packed_tiles import PackedTile, is_known, is_packed_for, kept
from frontend.public_tiles import (
    ASSETS,
    cells_asked,
    encode_homes,
    public_tiles,
    refuse_unknown,
)
from frontend.selection import NARROWING, BadSelectionError, Selection, read_selection
from geo.ground import ground_version
from geo.models import Postcode, PostcodeCell, Precision
from geo.pyramid import FINEST_ZOOM, encode_cells
from geo.settlement import drawn_settlement
from geo.tile_database import tile_database
from geo.tiles import MAX_ZOOM, PointLayer, Tile, encode_areas, encode_points

# Fine cells, so that thinned-out postcodes still draw the streets of a town.
POSTCODES: Final = PointLayer(
    "postcodes", {"code": "code"}, points_from_zoom=14, most_points=3000, cells=128
)
# Where no tiles have been drawn beforehand: counting two million postcodes takes seconds;
# the middles of their sectors, each with how many it has, draw the country as well.
SECTORS: Final = PointLayer(
    "postcodes", {}, points_from_zoom=MAX_ZOOM, cells=128, weight="postcodes_count"
)
POSTCODES_FROM_ZOOM: Final = 7

GROUND_SECONDS: Final = 24 * 3600

FAILED: Final = "frontend.tile_failed"
"""Where the short way (``frontend.quick_tiles``) puts the error that it came upon."""


def _assets(selection: Selection, tile: Tile) -> bytes:
    rows = selection.assets().using(tile_database())
    asked = cells_asked(selection)
    if tile.z > FINEST_ZOOM or asked is None:
        return encode_points(rows, tile, ASSETS)
    # Counted in the pyramid is what everybody may see; some may see drafts beside it.
    drafts = rows.filter(visibility=Visibility.DRAFT) if selection.sees_more else None
    return encode_cells(asked, tile, extra=drafts, using=tile_database())


def _postcodes(tile: Tile) -> bytes:
    drawn = drawn_settlement(tile)
    if drawn is not None:
        return drawn
    if tile.z < POSTCODES_FROM_ZOOM:
        sectors = PostcodeCell.objects.filter(kind=Precision.SECTOR)
        return encode_points(sectors.using(tile_database()), tile, SECTORS)
    return encode_points(Postcode.objects.using(tile_database()), tile, POSTCODES)


def _areas(tile: Tile) -> bytes:
    return encode_areas(tile, using=tile_database())


PLACES: Final = ("assets", "homes")
GROUND: Final[dict[str, Callable[[Tile], bytes]]] = {"postcodes": _postcodes, "areas": _areas}
"""Layers that are the same for everybody and seldom change."""

LAYERS: Final = (*PLACES, *GROUND)


@require_safe
def tile(request: HttpRequest, layer: str, z: int, x: int, y: int) -> HttpResponse:
    """Answer one tile, or 304 where the browser has it already."""
    if layer not in LAYERS:
        raise Http404(f"There is no layer {layer}.")
    if failed := request.META.get(FAILED):
        raise failed
    try:
        refuse_unknown(request.GET, () if layer in GROUND else NARROWING)
        drawn = _drawn(request, layer, Tile(z, x, y))
    except BadSelectionError as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    except ValueError as error:
        raise Http404(str(error)) from error
    response = _response(request, drawn, is_public=_is_public(request, layer))
    response["ETag"] = drawn.etag
    response["Cache-Control"] = _cache_rule(request, layer)
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    return response


def _drawn(request: HttpRequest, layer: str, tile: Tile) -> PackedTile:
    if layer in GROUND:
        where = f"{layer}/{tile.z}/{tile.x}/{tile.y}"
        return kept(f"{where}/{ground_version()}", partial(GROUND[layer], tile))
    if _is_public(request, layer):
        public = public_tiles(layer, request.META["QUERY_STRING"], tile_database())
        if public is not None:
            return public.drawn(tile)
    if layer == "homes":
        return PackedTile(encode_homes(request.GET, tile))
    return PackedTile(_assets(read_selection(request), tile))


def _is_public(request: HttpRequest, layer: str) -> bool:
    """Say whether anybody is shown the same: drafts are among the places of some."""
    return layer != "assets" or not request.user.is_authenticated


def _response(request: HttpRequest, drawn: PackedTile, *, is_public: bool) -> HttpResponse:
    if is_known(drawn, request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified()
    wants_packed = is_packed_for(request.headers.get("Accept-Encoding", ""))
    packed = drawn.packed if is_public and wants_packed else None
    response = HttpResponse(
        drawn.data if packed is None else packed,
        content_type="application/vnd.mapbox-vector-tile",
    )
    if packed is not None:
        response["Content-Encoding"] = "gzip"
    return response


def _cache_rule(request: HttpRequest, layer: str) -> str:
    """Keep what one person may see out of shared caches; ask again before reusing it.

    A cache that heeds no ``Vary`` asks as well, with the next one's cookies, and so gets
    what is theirs.
    """
    if layer in GROUND:
        return f"public, max-age={GROUND_SECONDS}"
    return "private, no-cache" if request.user.is_authenticated else "public, no-cache"
