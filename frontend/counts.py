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

from django.db.models import Count, Q

from assets.cells import asked_of
from assets.choices import Visibility, Wheelchair
from assets.counting import beside_the_map
from assets.models import AssetQuerySet
from frontend.selection import Selection
from geo.pyramid_counting import count_cells, tally
from geo.tile_database import tile_database

STEP_FREE: Final = (Wheelchair.YES.value, Wheelchair.LIMITED.value)
MOST_COUNTED: Final = 10_000
"""Rows in view that must be looked at one by one are counted up to here."""


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
        if self._is_known:
            return self._step_free
        return Counter(
            {facet: n for facet, n in self._from_rows.items() if facet.wheelchair in access}
        )

    @cached_property
    def _is_known(self) -> bool:
        """Whether the pyramid can answer: with every filter that can be added here, too."""
        asked = self.selection.everywhere
        return self.selection.shows_places and asked_of(asked, offers=False) is not None

    @cached_property
    def _all(self) -> Counter[Facet]:
        if not self._is_known:
            return self._from_rows
        return _placed(marked=False) + self._beside

    @cached_property
    def _step_free(self) -> Counter[Facet]:
        beside = {
            facet: n for facet, n in self._beside.items() if facet.wheelchair in STEP_FREE
        }
        return _placed(marked=True) + Counter(beside)

    @cached_property
    def _from_rows(self) -> Counter[Facet]:
        """Count the rows that the words find, whatever the filters."""
        asked = replace(self.selection.everywhere, category=(), check_state=(), wheelchair=())
        return _counted(asked.filter(self.selection.candidates(offers=False)))

    @cached_property
    def _beside(self) -> Counter[Facet]:
        rows = self.selection.candidates(offers=False)
        return _counted(beside_the_map(rows, sees_more=self.selection.sees_more))


def _placed(*, marked: bool) -> Counter[Facet]:
    """Count public places with a point; ``marked``: those that a wheelchair gets into."""
    return Counter(
        {
            Facet(what.kind, what.state, what.offers, ""): count
            for what, count in tally(marked=marked, using=tile_database()).items()
        }
    )


def _counted(rows: AssetQuerySet) -> Counter[Facet]:
    groups = (
        rows.order_by()
        .annotate(has_offer=~Q(could_give=""))
        .values_list("category", "check_state", "has_offer", "wheelchair")
        .annotate(Count("pk"))
    )
    return Counter({Facet(*group[:4]): group[4] for group in groups})
