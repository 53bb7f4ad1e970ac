"""Assets by who may see them, by their words and, inherited, by place."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q

from assets.choices import OpenState, Visibility
from assets.search import matches
from geo.inside import inside_areas
from geo.querysets import LocatedQuerySet

if TYPE_CHECKING:
    from assets.models import Asset  # noqa: F401 - named in the base class


class AssetQuerySet(LocatedQuerySet["Asset"]):
    """Assets by who may see them and, inherited, by place."""

    def published(self) -> Self:
        """Keep what the public may see."""
        return self.filter(visibility=Visibility.PUBLISHED, state=OpenState.OPEN)

    def visible_to(
        self, *, everywhere: bool, area_ids: Iterable[int], added_by: int | None = None
    ) -> Self:
        """Keep published assets, and the drafts inside the areas named (or all).

        ``added_by``: a person's id; their own drafts are kept too.
        """
        published = Q(visibility=Visibility.PUBLISHED, state=OpenState.OPEN)
        if added_by is not None:
            published |= Q(visibility=Visibility.DRAFT, created_by=added_by)
        drafts = Q(visibility=Visibility.DRAFT)
        if not everywhere:
            drafts &= Q(inside_areas(area_ids))
        return self.filter(published | drafts)

    def matching(self, text: str) -> Self:
        """Keep rows in whose name, description, address or postcode each word begins one.

        What holds no word at all, such as "?!", finds nothing.
        """
        condition = matches(text)
        return self.none() if condition is None else self.filter(condition)

    def named_like(self, name: str, *, more_than: float) -> Self:
        """Keep rows whose name is alike (trigrams, 0 to 1); annotate ``likeness``."""
        rows = self.filter(name__trigram_similar=name)
        return rows.annotate(likeness=TrigramSimilarity("name", name)).filter(
            likeness__gt=more_than
        )
