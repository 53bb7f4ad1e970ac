"""Where the country stands: a draw of real postcodes, as dense as the real ones are."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db.backends.utils import CursorWrapper

from config.country.plan import Plan
from geo.models import Postcode

MOST_STREETS: Final = 200_000
"""So many postcodes are drawn at most for the places of a country."""

RURAL_POSTCODES: Final = 30
"""A cell of a twentieth of a degree (5.6 by 3.5 km) with at most so many is countryside."""

_SPARE: Final = 1.1
"""A draw by chance gives a little more or fewer than was asked for."""

_DRAW = """
CREATE TEMPORARY TABLE country_spot AS
SELECT code, lad_code, draw, ST_X(location::geometry) AS lon, ST_Y(location::geometry) AS lat
  FROM (SELECT *, ('x' || left(md5(%(seed)s || code), 8))::bit(32)::bigint AS draw
          FROM geo_postcode) drawn
 WHERE draw < %(below)s
"""
_COUNTRYSIDE = """
CREATE TEMPORARY TABLE country_side AS
SELECT floor(ST_X(location::geometry) * 20) AS x, floor(ST_Y(location::geometry) * 20) AS y
  FROM geo_postcode GROUP BY 1, 2 HAVING count(*) <= %(rural)s
"""
_TOWNS = """
CREATE TEMPORARY TABLE country_town AS
SELECT sector, near.name
  FROM (SELECT DISTINCT ON (1) left(code, -2) AS sector,
               ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography AS here
          FROM country_spot ORDER BY 1, draw, code) sectors
 CROSS JOIN LATERAL (
       -- two by the index, then the order between equals: it has to be the same each time
       SELECT name FROM (
              SELECT name, geonames_id, location <-> here AS metres
                FROM geo_place ORDER BY location <-> here LIMIT 2) two
        ORDER BY metres, geonames_id LIMIT 1) near
"""
_SPOTS = """
SELECT left(spot.code, -3) || ' ' || right(spot.code, 3), round(lon::numeric, 6)::float,
       round(lat::numeric, 6)::float, coalesce(town.name, ''), left(spot.lad_code, 1),
       coalesce(area.name, ''), side.x IS NOT NULL AS is_rural
  FROM country_spot spot
  LEFT JOIN country_town town ON town.sector = left(spot.code, -2)
  LEFT JOIN geo_area area ON area.kind = 'local_authority' AND spot.lad_code <> ''
        AND area.code = spot.lad_code
  LEFT JOIN country_side side ON side.x = floor(lon * 20) AND side.y = floor(lat * 20)
 ORDER BY draw, spot.code
"""


class Spot(NamedTuple):
    """One real postcode: its point (degrees), the nearest town, its nation and authority."""

    postcode: str
    lon: float
    lat: float
    town: str
    nation: str  # first letter of the authority's code: E, W, S or N
    authority: str


@dataclass(frozen=True)
class Ground:
    """Postcodes in an order of chance; ``rural`` are those in the countryside."""

    spots: list[Spot]
    rural: list[Spot]


def is_missing() -> bool:
    """Say whether there is no postcode to stand on."""
    return not Postcode.objects.exists()


def draw_ground(cursor: CursorWrapper, plan: Plan) -> Ground:
    """Draw postcodes for all homes and for the places around them."""
    wanted = max(plan.homes, min(plan.assets // 4, MOST_STREETS), 100)
    cursor.execute("SELECT count(*) FROM geo_postcode")
    ((postcodes,),) = cursor.fetchall()
    below = int(2**32 * min(1, _SPARE * wanted / postcodes))
    cursor.execute(_DRAW, {"seed": f"country {plan.seed}: ", "below": below})
    cursor.execute(_COUNTRYSIDE, {"rural": RURAL_POSTCODES})
    cursor.execute(_TOWNS)
    cursor.execute("ANALYZE country_spot, country_side, country_town")
    cursor.execute(_SPOTS)
    rows = cursor.fetchall()
    cursor.execute("DROP TABLE country_spot, country_side, country_town")
    spots = [Spot(*row[:-1]) for row in rows]
    rural = [spot for spot, row in zip(spots, rows, strict=True) if row[-1]]
    return Ground(spots, rural or spots)
