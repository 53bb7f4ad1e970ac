"""How many places a question finds, over all pages: to the last one, and not one by one.

What the count pyramid answers, it answers. It holds what everybody may see and has a
point; the few rows beside it are counted as rows, and so is all that it cannot answer.
"""

from dataclasses import replace
from typing import Final

from assets.cells import asked_of
from assets.choices import Visibility
from assets.constraints import BESIDE_THE_MAP
from assets.filters import AssetQuery
from assets.models import AssetQuerySet
from geo.pyramid_counting import count_all, count_cells
from geo.tile_database import tile_database

_PLACED: Final = {"location__isnull": False}


def count_found(query: AssetQuery, allowed: AssetQuerySet, *, sees_more: bool) -> int:
    """Return how many of the allowed rows are asked for.

    ``sees_more``: than the public does, so that drafts may be among ``allowed``.
    """
    where_it_is = query.bbox is not None or query.near is not None
    everywhere = replace(query, bbox=None, near=None)
    asked = asked_of(everywhere, offers=False)
    if asked is None:  # such as words, or a circle around a point
        return query.count(allowed)
    if query.bbox is None:
        public = count_all(asked, using=tile_database())
    else:
        public = count_cells(asked, query.bbox, using=tile_database())
    beside = beside_the_map(allowed, sees_more=sees_more)
    if not where_it_is:
        return public + everywhere.filter(beside).count()
    if not sees_more:
        return public
    drafts = allowed.filter(visibility=Visibility.DRAFT, **_PLACED)
    return public + query.filter(drafts).count()


def beside_the_map(allowed: AssetQuerySet, *, sees_more: bool) -> AssetQuerySet:
    """Keep the allowed rows that the pyramid does not count, by the index made for them."""
    # In the words of the index: on "no point" alone, the planner walks the spatial one whole.
    rows = allowed.filter(BESIDE_THE_MAP)
    return rows if sees_more else rows.filter(visibility=Visibility.PUBLISHED)
