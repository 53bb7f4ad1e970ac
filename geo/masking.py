"""One rough point for where somebody lives: never their own.

Source of the rule: the middle of the smallest postcode cell (sector, else district) that
holds at least 50 postcodes, some 750 addresses.
"""

from dataclasses import dataclass
from typing import Final

from django.contrib.gis.geos import Point

from geo.models import PostcodeCell, Precision
from geo.postcodes import UnitPostcode

LEAST_POSTCODES: Final = 50
"""A cell with fewer is not rough enough."""


@dataclass(frozen=True)
class MaskedPlace:
    """The middle of a cell: SRID 4326, x = longitude."""

    cell: str  # M33 2 or M33
    point: Point
    precision: Precision


def mask(postcode: UnitPostcode) -> MaskedPlace | None:
    """Return the rough place of a postcode; None where even its district is too small."""
    return _first([postcode.sector, postcode.outcode])


def mask_outcode(outcode: str) -> MaskedPlace | None:
    """Return the rough place of a district such as M33; None where it is too small."""
    return _first([outcode])


def _first(codes: list[str]) -> MaskedPlace | None:
    cells = PostcodeCell.objects.filter(postcodes_count__gte=LEAST_POSTCODES).in_bulk(codes)
    for code in codes:
        if cell := cells.get(code):
            return MaskedPlace(cell.code, cell.location, Precision(cell.kind))
    return None
