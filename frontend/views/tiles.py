"""Vector tiles: the same selection as the list, placed on the map."""

import hashlib
from collections.abc import Callable
from typing import Final

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from frontend.selection import NARROWING, BadSelectionError, read_selection
from geo.ground import ground_version
from geo.models import Postcode, PostcodeCell, Precision
from geo.settlement import drawn_settlement
from geo.tiles import MAX_ZOOM, PointLayer, Tile, encode_areas, encode_points
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
GROUND_KEPT_SECONDS: Final = 3600
PLACES_SECONDS: Final = 60


def _assets(request: HttpRequest, tile: Tile) -> bytes:
    return encode_points(read_selection(request).assets(), tile, ASSETS)


def _homes(request: HttpRequest, tile: Tile) -> bytes:
    homes = shown_in(read_selection(request).homes(), tile.bbox)
    return encode_points(homes, tile, HOMES, location="shown_at")


def _postcodes(request: HttpRequest, tile: Tile) -> bytes:
    drawn = drawn_settlement(tile)
    if drawn is not None:
        return drawn
    if tile.z < POSTCODES_FROM_ZOOM:
        sectors = PostcodeCell.objects.filter(kind=Precision.SECTOR)
        return encode_points(sectors, tile, SECTORS)
    return encode_points(Postcode.objects.all(), tile, POSTCODES)


def _areas(request: HttpRequest, tile: Tile) -> bytes:
    return encode_areas(tile)


LAYERS: Final[dict[str, Callable[[HttpRequest, Tile], bytes]]] = {
    "assets": _assets,
    "homes": _homes,
    "postcodes": _postcodes,
    "areas": _areas,
}
GROUND: Final = frozenset({"postcodes", "areas"})
"""Layers that are the same for everybody and seldom change."""


@require_safe
def tile(request: HttpRequest, layer: str, z: int, x: int, y: int) -> HttpResponse:
    """Answer one tile, or 304 where the browser has it already."""
    if layer not in LAYERS:
        raise Http404(f"There is no layer {layer}.")
    try:
        _refuse_unknown(request, layer)
        data = _encoded(request, layer, Tile(z, x, y))
    except BadSelectionError as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    except ValueError as error:
        raise Http404(str(error)) from error
    etag = f'"{hashlib.blake2b(data, digest_size=12).hexdigest()}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponse
    if etag in known:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(data, content_type="application/vnd.mapbox-vector-tile")
    response["ETag"] = etag
    response["Cache-Control"] = _cache_rule(request, layer)
    patch_vary_headers(response, ["Cookie"])
    return response


def _refuse_unknown(request: HttpRequest, layer: str) -> None:
    """Refuse what means nothing here: made-up addresses would pass by every cache."""
    known = () if layer in GROUND else NARROWING
    for name in sorted(set(request.GET) - set(known)):
        raise BadSelectionError(f"{name[:50]}: There is no such parameter here.")


def _encoded(request: HttpRequest, layer: str, tile: Tile) -> bytes:
    """Return a tile's bytes; the ground, the same for everybody, is kept for an hour."""
    if layer not in GROUND:
        return LAYERS[layer](request, tile)
    key = f"{layer}/{tile.z}/{tile.x}/{tile.y}/{ground_version()}"
    data = caches["tiles"].get(key)
    if data is None:
        data = LAYERS[layer](request, tile)
        caches["tiles"].set(key, data, GROUND_KEPT_SECONDS)
    return bytes(data)


def _cache_rule(request: HttpRequest, layer: str) -> str:
    """Keep what one person may see out of shared caches; ask again before reusing it."""
    if layer in GROUND:
        return f"public, max-age={GROUND_SECONDS}"
    if request.user.is_authenticated:
        return "private, no-cache"
    return f"public, max-age={PLACES_SECONDS}"
