"""The search box as somebody types: a few things that the words may mean."""

from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from frontend.context import map_at
from frontend.searching.answering import Asked, answer
from frontend.selection import allowed_assets
from geo.params import QueryReader, read_near
from geo.srid import WGS84


@require_safe
def search(request: HttpRequest) -> JsonResponse:
    """Answer ``?q=`` around ``?near=lon,lat``; what was asked is kept nowhere."""
    reader = QueryReader(request.GET)
    words = reader.words("q")
    near = reader.one("near", read_near)
    reader.refuse_others(("q", "near"))
    try:
        reader.finish()
    except ValidationError as error:
        return _private(JsonResponse({"errors": error.message_dict}, status=400))
    asked = Asked(words, near or _starting_point(), allowed_assets(request), near is not None)
    told = answer(asked)
    return _private(
        JsonResponse(
            {
                "results": [each.as_json() for each in told.results],
                "spelled": told.is_spelled,
                "meant": told.meant,
            }
        )
    )


def _starting_point() -> Point:
    """Return the middle of the operator's map, for who has not said where they are."""
    lat, lon, _ = map_at().split(",")
    return Point(float(lon), float(lat), srid=WGS84)


def _private(response: JsonResponse) -> JsonResponse:
    # Neither a cache on the way nor the browser's own keeps what somebody looked for.
    response["Cache-Control"] = "private, no-store"
    return response
