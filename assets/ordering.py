"""What is stale comes last, on every page of a list, at the pace of the list's own order.

By name, an index walks in that very order (``assets_asset_stale_last``), which is right for
the whole list; what is asked for by more is found by other indexes, and sorted: walking
the first one for it would read all there is, so it is sorted by another expression of
the same. From a point on,
the spatial index walks from the nearest, and by no state before that: one ORDER BY of
both would sort every asset there is before the first page. So such a list is two lists:
what is not stale, and after its end what is.
"""

from collections.abc import Iterator
from typing import Final, overload

from django.contrib.gis.db.models.functions import GeometryDistance
from django.contrib.gis.geos import Point
from django.db.models import Case, When

from assets.choices import CheckState
from assets.constraints import STALE_LAST
from assets.models import Asset, AssetQuerySet

# So many more than asked for are looked at, for those equally near. Seldom are there any;
# so many at one spot, such as the middle of a sector, are still put in one order.
_ALIKE: Final = (10, 500)


# The same as STALE_LAST to a reader, and not to the planner.
_SORTED: Final = Case(When(check_state=CheckState.STALE, then=1), default=0)


def all_by_name(rows: AssetQuerySet) -> AssetQuerySet:
    """Order all rows by name, what is stale at the end, by walking the index."""
    return rows.order_by(STALE_LAST, "name", "pk")


def few_by_name(rows: AssetQuerySet) -> AssetQuerySet:
    """Order rows by name, what is stale at the end; sorts all of them."""
    return rows.order_by(_SORTED, "name", "pk")


def few_nearest_first(rows: AssetQuerySet, *, to: Point) -> AssetQuerySet:
    """Order rows by distance, what is stale at the end; sorts all of them."""
    return rows.order_by(_SORTED, GeometryDistance("location", to), "pk")


class NearestFirst:
    """Any number of rows, nearest first, the stale ones after all others, page by page."""

    def __init__(self, rows: AssetQuerySet, *, to: Point) -> None:
        self.rows, self.to = rows.filter(location__isnull=False), to
        self.trusted = self.rows.exclude(check_state=CheckState.STALE)
        self.stale = self.rows.filter(check_state=CheckState.STALE)

    def count(self) -> int:
        """Return how many there are of both."""
        return self.rows.order_by().count()

    def __len__(self) -> int:
        return self.count()

    def __iter__(self) -> Iterator[Asset]:
        return iter(self[0 : self.count()])

    @overload
    def __getitem__(self, part: int) -> Asset: ...
    @overload
    def __getitem__(self, part: slice) -> list[Asset]: ...
    def __getitem__(self, part: int | slice) -> Asset | list[Asset]:
        """Return some rows, or one."""
        if isinstance(part, int):
            return self[part : part + 1][0]
        start, stop = part.start or 0, self.count() if part.stop is None else part.stop
        return list(self.page(start, stop))

    def page(self, start: int, stop: int) -> AssetQuerySet:
        """Return some rows, with their ``distance``, in their order."""
        found = self._ids(self.trusted, start, stop)
        if start + len(found) < stop:
            before = start + len(found) if found else self.trusted.order_by().count()
            found += self._ids(self.stale, max(0, start - before), stop - before)
        rows = self.rows.model.objects.filter(pk__in=found).with_distance(from_=self.to)
        return few_nearest_first(rows, to=self.to)

    def _ids(self, rows: AssetQuerySet, start: int, stop: int) -> list[int]:
        """Return ids in the order of distance; of those equally near, the older first.

        The index gives the latter in any order: some more are taken, and sorted; many more
        only where all of those may be as near as the last that is asked for.
        """
        distance = GeometryDistance("location", self.to)
        found: list[tuple[int, float]] = []
        for alike in _ALIKE:
            enough = rows.nearest_first(to=self.to).values("pk")[: stop + alike]
            near = Asset.objects.filter(pk__in=enough).order_by(distance, "pk")
            found = list(near.values_list("pk", distance)[start:])
            last = stop - start - 1
            if len(found) <= last + alike or found[last][1] < found[-1][1]:
                break
        return [pk for pk, _ in found[: stop - start]]
