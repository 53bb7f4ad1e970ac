"""Assets by who may see them, by their words and, inherited, by place."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.contrib.gis.db import models
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast

from assets.choices import OpenState, Visibility
from assets.search import SEARCH_TEXT, words_of
from geo.models import Area
from geo.querysets import LocatedQuerySet
from geo.srid import WGS84

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
            # Boundaries are planar, points geography: PostGIS wants them alike.
            point = Cast(OuterRef("location"), models.GeometryField(srid=WGS84))
            areas = Area.objects.filter(pk__in=list(area_ids), boundary__intersects=point)
            drafts &= Q(Exists(areas))
        return self.filter(published | drafts)

    def matching(self, text: str) -> Self:
        """Keep rows whose name, description, address or postcode holds every word."""
        rows = self.alias(search_text=SEARCH_TEXT)
        for word in words_of(text):
            rows = rows.filter(search_text__contains=word)
        return rows

    def named_like(self, name: str, *, more_than: float) -> Self:
        """Keep rows whose name is alike (trigrams, 0 to 1); annotate ``likeness``."""
        rows = self.filter(name__trigram_similar=name)
        return rows.annotate(likeness=TrigramSimilarity("name", name)).filter(
            likeness__gt=more_than
        )
