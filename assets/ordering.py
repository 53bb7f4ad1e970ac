"""What is stale comes last, on every page of a list, at the pace of the list's own order.

One ORDER BY of both would sort every asset there is before the first page: an index walks
by name, or from the nearest on, and not by a state before them. So a list is two lists:
what is not stale, and after its end what is.
"""

from collections.abc import Iterator
from typing import Final, overload

from django.db.models import BooleanField, ExpressionWrapper, Q

from assets.choices import CheckState
from assets.models import Asset, AssetQuerySet

STALE_LAST: Final = ExpressionWrapper(
    Q(check_state=CheckState.STALE), output_field=BooleanField()
)
"""A sort key before all others, where few rows are sorted anyway: inside a box, or near."""


class StaleLast:
    """Ordered rows as pages are taken from them, the stale ones after all others."""

    def __init__(self, rows: AssetQuerySet) -> None:
        self.trusted = rows.exclude(check_state=CheckState.STALE)
        self.stale = rows.filter(check_state=CheckState.STALE)
        self._rows = rows

    def count(self) -> int:
        """Return how many there are of both."""
        return self._rows.order_by().count()

    def __len__(self) -> int:
        return self.count()

    def __iter__(self) -> Iterator[Asset]:
        yield from self.trusted
        yield from self.stale

    @overload
    def __getitem__(self, part: int) -> Asset: ...
    @overload
    def __getitem__(self, part: slice) -> list[Asset]: ...
    def __getitem__(self, part: int | slice) -> Asset | list[Asset]:
        """Return some rows, or one: at most one query where nothing stale is among them."""
        if isinstance(part, int):
            return self[part : part + 1][0]
        start, stop = part.start or 0, part.stop
        found = list(self.trusted[start:stop])
        if stop is not None and start + len(found) >= stop:
            return found
        before = self._trusted_before(start, len(found))
        rest = self.stale[max(0, start - before) : None if stop is None else stop - before]
        return [*found, *rest]

    def ids(self, start: int, stop: int) -> list[int]:
        """Return the ids of a page in its order."""
        found = list(self.trusted.values_list("pk", flat=True)[start:stop])
        if start + len(found) >= stop:
            return found
        before = self._trusted_before(start, len(found))
        rest = self.stale.values_list("pk", flat=True)
        return [*found, *rest[max(0, start - before) : stop - before]]

    def _trusted_before(self, start: int, found: int) -> int:
        """Return how many rows come before the stale ones; they are counted if need be."""
        return start + found if found else self.trusted.order_by().count()
