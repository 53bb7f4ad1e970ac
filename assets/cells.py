"""Places in the count pyramid: which are counted, and which questions it can answer."""

from dataclasses import fields
from typing import Final

from assets import categories
from assets.choices import CheckState
from assets.filters import AssetQuery
from geo.pyramid import CellsAsked, Counted

LAYER: Final = "assets"

COUNTED: Final = Counted(
    layer=LAYER,
    kinds=categories.SLUGS,
    states=tuple(CheckState.values),
    spots="""
        SELECT geo_world_x(location) AS x, geo_world_y(location) AS y,
               assets_cell_what(category, check_state, could_give) AS what, location
          FROM assets_asset
         WHERE assets_cell_counts(visibility, state) AND location IS NOT NULL
    """,
)

_ANSWERED: Final = frozenset({"category", "check_state", "page", "page_size"})


def asked_of(query: AssetQuery, *, offers: bool) -> CellsAsked | None:
    """Put a question to the pyramid; None where it must be put to the rows.

    ``offers``: only what has something to give. Where in the world is another matter.
    """
    others = (field.name for field in fields(query) if field.name not in _ANSWERED)
    if any(getattr(query, name) != getattr(AssetQuery(), name) for name in others):
        return None
    return CellsAsked(LAYER, query.category, query.check_state, offers)
