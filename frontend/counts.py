"""How many places a selection has, everywhere and in view, and how many each filter would.

What the pyramid can answer, it answers; the few rows that it does not count (drafts that
this visitor may see, places without a point) are counted beside it. Search words and
step-free access it does not know: those are counted from the rows.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

from django.core.cache import caches
from django.db.models import Count, Q

from assets.cells import asked_of
from assets.choices import Visibility, Wheelchair
from assets.constraints import BESIDE_THE_MAP
from assets.models import Asset, AssetQuerySet
from frontend.selection import Selection
from frontend.versions import version_of
from geo.pyramid_counting import count_cells, tally
from geo.tile_database import tile_database

STEP_FREE: Final = (Wheelchair.YES.value, Wheelchair.LIMITED.value)
MOST_COUNTED: Final = 10_000
"""Rows in view that must be looked at one by one are counted up to here."""
KEPT_SECONDS: Final = 3600


class Facet(NamedTuple):
    """One combination of what filters ask for."""

    kind: str
    state: str
    offers: bool
    wheelchair: str


@dataclass
class PlaceCounts:
    """The counts of one selection; each is asked for at most once."""

    selection: Selection

    @cached_property
    def total(self) -> int:
        """How many places the selection has, wherever they are."""
        asked, offers = self.selection.everywhere, self.selection.offers
        return self._sum(asked.category, asked.check_state, asked.wheelchair, offers=offers)

    @cached_property
    def in_view(self) -> int:
        """How many of them lie in view; not much more than ``MOST_COUNTED`` if ``is_cut``."""
        if (bbox := self.selection.bbox) is None:
            return self.total
        asked = asked_of(self.selection.everywhere, offers=self.selection.offers)
        if asked is None:
            rows = self.selection.assets().in_bbox(*bbox)
            return rows.order_by()[: MOST_COUNTED + 1].count()
        if not self.selection.shows_places:
            return 0
        own = self.selection.assets().filter(visibility=Visibility.DRAFT).in_bbox(*bbox)
        public = count_cells(asked, bbox, using=tile_database())
        return public + (own.count() if self.selection.sees_more else 0)

    @property
    def is_cut(self) -> bool:
        """Whether there are more in view than were counted."""
        asked = asked_of(self.selection.everywhere, offers=self.selection.offers)
        return self.selection.bbox is not None and asked is None and self.in_view > MOST_COUNTED

    def kinds(self) -> Counter[str]:
        """Return how many places each kind would show, the other filters kept."""
        asked = self.selection.everywhere
        found: Counter[str] = Counter()
        for facet, count in self._facets(asked.wheelchair).items():
            if self._fits(facet, (), asked.check_state, offers=self.selection.offers):
                found[facet.kind] += count
        return found

    def fresh(self) -> int:
        """Return how many there would be of those that were checked lately."""
        asked = self.selection.everywhere
        return self._sum(
            asked.category, ("fresh",), asked.wheelchair, offers=self.selection.offers
        )

    def step_free(self) -> int:
        """Return how many there would be of those that a wheelchair gets into."""
        asked = self.selection.everywhere
        return self._sum(
            asked.category, asked.check_state, STEP_FREE, offers=self.selection.offers
        )

    def offering(self) -> int:
        """Return how many there would be of those that have an offer."""
        asked = self.selection.everywhere
        return self._sum(asked.category, asked.check_state, asked.wheelchair, offers=True)

    def _sum(
        self,
        kinds: Collection[str],
        states: Collection[str],
        access: Collection[str],
        *,
        offers: bool,
    ) -> int:
        return sum(
            count
            for facet, count in self._facets(access).items()
            if self._fits(facet, kinds, states, offers=offers)
        )

    @staticmethod
    def _fits(
        facet: Facet, kinds: Collection[str], states: Collection[str], *, offers: bool
    ) -> bool:
        return (
            (not kinds or facet.kind in kinds)
            and (not states or facet.state in states)
            and (not offers or facet.offers)
        )

    def _facets(self, access: Collection[str]) -> Counter[Facet]:
        """Return all facets, or those of some access alone."""
        if not access:
            return self._all
        return Counter(
            {facet: n for facet, n in self._accessible.items() if facet.wheelchair in access}
        )

    @cached_property
    def _is_known(self) -> bool:
        """Whether the pyramid can answer, were there no filter but those it knows."""
        asked = self.selection.everywhere
        if set(asked.wheelchair) - set(STEP_FREE):
            return False
        bare = replace(asked, wheelchair=())
        return self.selection.shows_places and asked_of(bare, offers=False) is not None

    @cached_property
    def _all(self) -> Counter[Facet]:
        if not self._is_known:
            return self._from_rows
        placed = {
            Facet(what.kind, what.state, what.offers, ""): count
            for what, count in tally(using=tile_database()).items()
        }
        return Counter(placed) + self._beside

    @cached_property
    def _accessible(self) -> Counter[Facet]:
        return self._public_step_free() + self._beside if self._is_known else self._from_rows

    @cached_property
    def _from_rows(self) -> Counter[Facet]:
        """Count the rows that the words find, whatever the filters."""
        asked = replace(self.selection.everywhere, category=(), check_state=(), wheelchair=())
        return _counted(asked.filter(self.selection.candidates(offers=False)))

    @cached_property
    def _beside(self) -> Counter[Facet]:
        """Count what the pyramid does not: the same words as the index is made by."""
        rows = self.selection.candidates(offers=False)
        return _counted(rows.filter(BESIDE_THE_MAP))

    @staticmethod
    def _public_step_free() -> Counter[Facet]:
        """Count public places that a wheelchair gets into; kept until one is written to."""
        key = f"step-free/{version_of('assets')}"
        kept: Counter[Facet] | None = caches["tiles"].get(key)
        if kept is None:
            placed = Asset.objects.published().filter(location__isnull=False)
            kept = _counted(placed.filter(wheelchair__in=STEP_FREE))
            caches["tiles"].set(key, kept, KEPT_SECONDS)
        return kept


def _counted(rows: AssetQuerySet) -> Counter[Facet]:
    groups = (
        rows.order_by()
        .annotate(has_offer=~Q(could_give=""))
        .values_list("category", "check_state", "has_offer", "wheelchair")
        .annotate(Count("pk"))
    )
    return Counter({Facet(*group[:4]): group[4] for group in groups})
