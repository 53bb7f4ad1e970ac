"""Vector tiles: the same selection as the list, placed on the map.

A browser asks about every tile anew, and is told "as it was" (304) by what is in it: so
what is saved, moved or hidden is right in the very next one. Public tiles that cost
something to encode are kept in the process for as long as nobody writes to their rows.
"""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from assets.cells import asked_of
from assets.models import Visibility
from frontend.packed_tiles import PackedTile, kept
from frontend.selection import (
    NARROWING,
    BadSelectionError,
    Selection,
    read_public_selection,
    read_selection,
)
from frontend.versions import version_of
from geo.ground import ground_version
from geo.models import Postcode, PostcodeCell, Precision
from geo.pyramid import FINEST_ZOOM, encode_cells
from geo.settlement import drawn_settlement
from geo.tile_database import tile_database
from geo.tiles import (
    MAX_ZOOM,
    PointLayer,
    PointsStatement,
    Tile,
    compile_points,
    encode_areas,
    encode_points,
)
from homes.shown import shown_in

ASSETS: Final = PointLayer(
    "assets", {"id": "pk", "name": "name", "c": "category", "s": "check_state"}
)
HOMES: Final = PointLayer("homes", {"id": "pk", "name": "shown_name"})
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

_GZIP: Final = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")


@lru_cache(maxsize=256)
def _public_points(query: str, using: str) -> PointsStatement | None:
    """Return the statement for what everybody may see of a query string's selection.

    Writing it takes far longer than running it. None where words are looked for: what
    they mean hangs on rows. The same string always asks for the same.
    """
    selection = read_public_selection(QueryDict(query))
    if selection.asked.q:
        return None
    return compile_points(selection.assets().using(using), ASSETS)


def _assets(selection: Selection, tile: Tile) -> bytes:
    rows = selection.assets().using(tile_database())
    asked = asked_of(selection.everywhere, offers=selection.offers)
    if tile.z > FINEST_ZOOM or asked is None or not selection.shows_places:
        return encode_points(rows, tile, ASSETS)
    # Counted in the pyramid is what everybody may see; some may see drafts beside it.
    drafts = rows.filter(visibility=Visibility.DRAFT) if selection.sees_more else None
    return encode_cells(asked, tile, extra=drafts, using=tile_database())


def _homes(selection: Selection, tile: Tile) -> bytes:
    homes = shown_in(selection.homes(), tile.bbox).using(tile_database())
    return encode_points(homes, tile, HOMES, location="shown_at")


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


PLACES: Final[dict[str, Callable[[Selection, Tile], bytes]]] = {
    "assets": _assets,
    "homes": _homes,
}
GROUND: Final[dict[str, Callable[[Tile], bytes]]] = {"postcodes": _postcodes, "areas": _areas}
"""Layers that are the same for everybody and seldom change."""

LAYERS: Final = (*PLACES, *GROUND)


@require_safe
def tile(request: HttpRequest, layer: str, z: int, x: int, y: int) -> HttpResponse:
    """Answer one tile, or 304 where the browser has it already."""
    if layer not in LAYERS:
        raise Http404(f"There is no layer {layer}.")
    try:
        _refuse_unknown(request, layer)
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


def _refuse_unknown(request: HttpRequest, layer: str) -> None:
    """Refuse what means nothing here: made-up addresses would pass by every cache."""
    known = () if layer in GROUND else NARROWING
    for name in sorted(set(request.GET) - set(known)):
        raise BadSelectionError(f"{name[:50]}: There is no such parameter here.")


def _drawn(request: HttpRequest, layer: str, tile: Tile) -> PackedTile:
    where = f"{layer}/{tile.z}/{tile.x}/{tile.y}"
    if layer in GROUND:
        return kept(f"{where}/{ground_version()}", partial(GROUND[layer], tile))
    if layer == "assets" and tile.z > FINEST_ZOOM and _is_public(request, layer):
        points = _public_points(request.META["QUERY_STRING"], tile_database())
        if points is not None:
            return PackedTile(points.encode(tile))
    selection = read_selection(request)
    encode = partial(PLACES[layer], selection, tile)
    if not _is_kept(request, layer, tile, selection):
        return PackedTile(encode())
    # The version is read before the rows: what is written meanwhile may be drawn under the
    # old one, and never the other way round.
    return kept(f"{where}?{selection.filters.urlencode()}#{version_of(layer)}", encode)


def _is_kept(request: HttpRequest, layer: str, tile: Tile, selection: Selection) -> bool:
    """Say whether a tile is worth keeping, and nobody's own.

    Few points are read as quickly as their version; search words are rarely the same.
    """
    if selection.asked.q or not _is_public(request, layer):
        return False
    return layer == "homes" or tile.z <= FINEST_ZOOM


def _is_public(request: HttpRequest, layer: str) -> bool:
    """Say whether anybody is shown the same: drafts are among the places of some."""
    return layer != "assets" or not request.user.is_authenticated


def _response(request: HttpRequest, drawn: PackedTile, *, is_public: bool) -> HttpResponse:
    known = {mark.removeprefix("W/") for mark in _marks(request)}
    if drawn.etag.removeprefix("W/") in known:
        return HttpResponseNotModified()
    wants_packed = _GZIP.search(request.headers.get("Accept-Encoding", ""))
    packed = drawn.packed if is_public and wants_packed else None
    response = HttpResponse(
        drawn.data if packed is None else packed,
        content_type="application/vnd.mapbox-vector-tile",
    )
    if packed is not None:
        response["Content-Encoding"] = "gzip"
    return response


def _marks(request: HttpRequest) -> list[str]:
    return parse_etags(request.headers.get("If-None-Match", ""))


def _cache_rule(request: HttpRequest, layer: str) -> str:
    """Keep what one person may see out of shared caches; ask again before reusing it.

    A cache that heeds no ``Vary`` asks as well, with the next one's cookies, and so gets
    what is theirs.
    """
    if layer in GROUND:
        return f"public, max-age={GROUND_SECONDS}"
    return "private, no-cache" if request.user.is_authenticated else "public, no-cache"
