"""Care homes as something that a place may be near to."""

from typing import Final

from django.contrib.gis.geos import Point

from assets.landmarks import MOST, WITHIN_M, Landmark
from homes.models import SMALL_HOME_BEDS
from homes.shown import nearest_shown, shown_homes, shown_within

_WHAT: Final = "Care home"


def find_homes(words: str, around: Point | None) -> list[Landmark]:
    """Return homes by name; not small ones, which are somebody's own house."""
    homes = shown_homes().exclude(open_beds__lt=SMALL_HOME_BEDS).filter(location__isnull=False)
    for word in words.split():
        homes = homes.filter(name__icontains=word)
    if around is not None:
        homes = nearest_shown(shown_within(homes, WITHIN_M, of=around), to=around)
    return [Landmark(home.name, _WHAT, home.location) for home in homes[:MOST] if home.location]
