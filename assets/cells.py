"""Places in the count pyramid: which are counted, and which questions it can answer."""

from dataclasses import fields, replace
from typing import Final

from assets import categories
from assets.choices import CheckState, Wheelchair
from assets.filters import AssetQuery
from geo.pyramid import CellsAsked, Counted

LAYER: Final = "assets"
WAY_IN: Final = "way_in"
"""The mark of what somebody in a wheelchair gets into, if only partly."""

_OPEN_TO_WHEELCHAIRS: Final = {Wheelchair.YES.value, Wheelchair.LIMITED.value}

COUNTED: Final = Counted(
    layer=LAYER,
    kinds=categories.SLUGS,
    states=tuple(CheckState.values),
    mark=WAY_IN,
    spots="""
        SELECT geo_world_x(location) AS x, geo_world_y(location) AS y,
               what, location,
               CASE WHEN what < 248 THEN 0
                    ELSE assets_cell_what(category, check_state, could_give) >> 3 END AS kind
          FROM assets_asset,
               unnest(assets_cell_whats(category, check_state, could_give, wheelchair)) AS what
         WHERE assets_cell_counts(visibility, state) AND location IS NOT NULL
    """,
)

_ANSWERED: Final = frozenset({"category", "check_state", "wheelchair", "page", "page_size"})


def asked_of(query: AssetQuery, *, offers: bool) -> CellsAsked | None:
    """Put a question to the pyramid; None where it must be put to the rows.

    ``offers``: only what has something to give. Where in the world is another matter.
    """
    others = (field.name for field in fields(query) if field.name not in _ANSWERED)
    if any(getattr(query, name) != getattr(AssetQuery(), name) for name in others):
        return None
    asked = CellsAsked(LAYER, query.category, query.check_state, offers)
    if not query.wheelchair:
        return asked
    if set(query.wheelchair) != _OPEN_TO_WHEELCHAIRS:
        return None
    return replace(asked, mark=WAY_IN)
