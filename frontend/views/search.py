"""The search box as somebody types: a few things that the words may mean."""

import time
from collections import Counter
from typing import Final

from allauth.account.adapter import get_adapter
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from frontend.context import map_at
from frontend.searching.answering import Asked, answer
from frontend.selection import allowed_assets
from geo.params import QueryReader, read_near
from geo.srid import WGS84

A_MINUTE: Final = 600
"""So many answers a network has in a minute: sixty people in one home who type at once."""


class _Minute:
    """Counts by network, forgotten as the next minute begins; each process counts alone."""

    def __init__(self) -> None:
        self.number, self.counts = 0, Counter[str]()

    def allows(self, network: str) -> bool:
        """Count one more, and say whether it is not one too many."""
        number = int(time.time() // 60)
        if number != self.number:
            self.number, self.counts = number, Counter()
        self.counts[network] += 1
        return self.counts[network] <= A_MINUTE


_minute = _Minute()


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
    if not _minute.allows(get_adapter().get_client_ip(request)):
        said = {"errors": {"q": ["Too many searches from here. Wait a minute."]}}
        response = _private(JsonResponse(said, status=429))
        response["Retry-After"] = "60"
        return response
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
