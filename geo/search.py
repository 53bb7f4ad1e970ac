"""Where words are: a postcode, a part of one, or a town."""

from dataclasses import dataclass
from typing import Final

from django.contrib.gis.geos import Point
from django.db.models import Case, IntegerField, Q, Value, When

from geo.geocoding import locate
from geo.models import Place, PostcodeCell
from geo.postcodes import parse_outcode, parse_postcode, parse_sector

MOST_FOUND: Final = 10

PLACE: Final = "place"
PLACES_CREDIT: Final = "GeoNames, CC BY 4.0"
POSTCODES_CREDIT: Final = (
    "Contains OS, Royal Mail and National Statistics data © Crown copyright and database right"
)
POINT_KINDS: Final = ("postcode", "sector", "outcode", PLACE)


@dataclass(frozen=True)
class NamedPoint:
    """What words may mean. ``kind``: postcode, sector, outcode or place; SRID 4326."""

    name: str
    kind: str
    point: Point
    population: int = 0  # of a place

    @property
    def source(self) -> str:
        """Return the gazetteer it is from."""
        return "places" if self.kind == PLACE else "postcodes"

    @property
    def attribution(self) -> str:
        """Return whom to name beside it."""
        return PLACES_CREDIT if self.kind == PLACE else POSTCODES_CREDIT


def search_points(words: str, *, limit: int = MOST_FOUND) -> list[NamedPoint]:
    """Return what ``words`` may mean, the likeliest first; nothing where nothing fits.

    A postcode that is not loaded gives its sector, then its district. Towns of just
    this name come before those that begin with it, and the larger before the smaller.
    """
    postcode = _postcode(words)
    return [postcode] if postcode else _places(words, limit)


def _postcode(words: str) -> NamedPoint | None:
    if unit := parse_postcode(words, mend=True):
        found = locate(words)
        if found is None:
            return None
        names = {"postcode": str(unit), "sector": unit.sector, "outcode": unit.outcode}
        return NamedPoint(names[found.precision], str(found.precision), found.point)
    code = parse_outcode(words) or parse_sector(words)
    cell = PostcodeCell.objects.filter(code=code).first() if code else None
    return NamedPoint(cell.code, cell.kind, cell.location) if cell else None


def _places(words: str, limit: int) -> list[NamedPoint]:
    words = " ".join(words.split())
    if not words:
        return []
    exactly = Q(name__iexact=words)
    rank = Case(When(exactly, then=Value(0)), default=1, output_field=IntegerField())
    rows = Place.objects.filter(exactly | Q(name__istartswith=words)).order_by(
        rank, "-population", "name", "pk"
    )
    return [NamedPoint(row.name, PLACE, row.location, row.population) for row in rows[:limit]]
