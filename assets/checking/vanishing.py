"""What a source listed when it last came, and lists no longer.

A file is held against the last one of the same name (a table, a feed) or, of a map,
against the last one that drew the same part of the country and lists most of the same.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from assets.checking import asking
from assets.checking.models import Listing, QuestionKind
from assets.choices import AssetSource
from intake.errors import IntakeError

Extent = tuple[float, float, float, float]
"""West, south, east and north in degrees, SRID 4326."""

MOST_VANISHED: Final = 0.2
"""A file that loses a larger share of what was listed is doubted."""

SAME_EXTENT: Final = 0.7
"""Two maps of one part of the country share more of the ground that both cover."""

SAME_CHOICE: Final = 0.5
"""Of two nameless maps that show the same kinds of place, one lists more of the other."""

_HAVE: Final = """
SELECT listed.listing_id, count(*), count(*) FILTER (WHERE a.source_ref = ANY(%(keys)s))
  FROM checking_listed listed JOIN assets_asset a ON a.id = listed.asset_id
 WHERE listed.listing_id = ANY(%(listings)s) GROUP BY listed.listing_id
"""
_VANISHED: Final = """
SELECT a.id FROM checking_listed listed JOIN assets_asset a ON a.id = listed.asset_id
 WHERE listed.listing_id = %(listing)s AND NOT a.source_ref = ANY(%(keys)s)
"""
_LIST: Final = """
INSERT INTO checking_listed (listing_id, asset_id)
SELECT %(listing)s, a.id FROM assets_asset a
 WHERE a.source = %(source)s AND a.source_ref = ANY(%(keys)s) AND a.source_ref <> ''
ON CONFLICT DO NOTHING RETURNING asset_id
"""
_UNLIST: Final = "DELETE FROM checking_listed WHERE listing_id = %s AND asset_id = ANY(%s)"


@dataclass(frozen=True)
class Whole:
    """A file that is all of something: its source, its name there, and what it lists."""

    source: AssetSource
    dataset: str
    # The rows' keys, those that were refused too: what is listed is not gone.
    keys: Collection[str]
    # Of maps alone: the box around what the file draws.
    extent: Extent | None = None
    file_name: str = ""


@dataclass(frozen=True)
class Vanished:
    """How much is listed no longer, and how many questions that makes."""

    gone: int = 0
    questions: int = 0


def refuse_if_many(whole: Whole) -> None:
    """Refuse a file that lists far less than the last one of its kind.

    Raises:
        IntakeError: more than a fifth is gone.
    """
    listing = _listing_of(whole)
    if listing is None:
        return
    had, left = _counts([listing], whole)[listing.pk]
    if had - left > MOST_VANISHED * had:
        raise IntakeError(
            f"{had - left} of {had} places that this source listed are no longer there, more "
            "than a fifth: is this the whole of it? If it is, allow it with “Ask about "
            "places even if more than a fifth are no longer listed” (--allow-vanished); if "
            "it is a part, say so (--part)",
            file=whole.file_name,
        )


def note(whole: Whole) -> Vanished:
    """Ask about what is listed no longer, and remember what is; in the import's transaction.

    Nothing is hidden or closed. The same file again has nothing more to ask.
    """
    listing, gone, questions = _listing_of(whole), [], 0
    if listing is None:
        listing = Listing(source=whole.source, dataset=whole.dataset)
    else:
        gone = _rows(_VANISHED, listing=listing.pk, keys=list(whole.keys))
    _stamp(listing, whole)
    if gone:
        questions = asking.ask_whether_gone(gone, source=whole.source, dataset=whole.dataset)
        with connection.cursor() as cursor:
            cursor.execute(_UNLIST, [listing.pk, gone])
    back = _rows(_LIST, listing=listing.pk, source=whole.source.value, keys=list(whole.keys))
    if back:
        asking.withdraw(back, QuestionKind.GONE, source=whole.source)
    return Vanished(len(gone), questions)


def _stamp(listing: Listing, whole: Whole) -> None:
    listing.listed_at = timezone.now()
    if whole.extent is not None:
        listing.west, listing.south, listing.east, listing.north = whole.extent
    listing.save()


def _listing_of(whole: Whole) -> Listing | None:
    """Return what the file is held against, None if it is the first of its kind."""
    earlier = Listing.objects.filter(source=whole.source, dataset=whole.dataset)
    if whole.extent is None:
        return earlier.filter(west__isnull=True).first()
    alike = [
        listing
        for listing in earlier.filter(west__isnull=False)
        if listing.extent and shared(listing.extent, whole.extent) > SAME_EXTENT
    ]
    counts = _counts(alike, whole)

    def share(listing: Listing) -> float:
        had, left = counts[listing.pk]
        return left / had if had else 0.0

    likest = max(alike, key=share, default=None)
    if likest is None or (not whole.dataset and share(likest) <= SAME_CHOICE):
        return None
    return likest


def shared(one: Extent, other: Extent) -> float:
    """Return how much of the ground that two boxes cover both cover, 0 to 1."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width < 0 or height < 0:
        return 0.0
    both = width * height
    either = _size(one) + _size(other) - both
    return both / either if either > 0 else 1.0


def _size(box: Extent) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _counts(listings: Collection[Listing], whole: Whole) -> dict[int, tuple[int, int]]:
    """Return how much each listing holds, and how much of that the file still lists."""
    ids = [listing.pk for listing in listings]
    found = dict.fromkeys(ids, (0, 0))
    if not ids:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_HAVE, {"listings": ids, "keys": list(whole.keys)})
        found.update({pk: (had, left) for pk, had, left in cursor.fetchall()})
    return found


def _rows(statement: str, **values: Any) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [pk for (pk,) in cursor.fetchall()]
