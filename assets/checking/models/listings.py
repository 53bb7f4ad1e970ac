"""What a source listed last, so that what it lists no longer can be told."""

from django.db import models
from django.db.models import F, Q

from assets.choices import AssetSource
from assets.models import Asset


class Listing(models.Model):
    """One whole of a source: a table or feed by its name, a map extract by its extent."""

    source = models.CharField(max_length=8, choices=AssetSource)
    # As ``assets.models.Dataset`` names it; "" where the extent alone tells.
    dataset = models.CharField(max_length=60, blank=True)
    # Degrees, SRID 4326; all of them or none.
    west = models.FloatField(null=True, blank=True)
    south = models.FloatField(null=True, blank=True)
    east = models.FloatField(null=True, blank=True)
    north = models.FloatField(null=True, blank=True)
    listed_at = models.DateTimeField()
    assets = models.ManyToManyField(Asset, through="Listed", related_name="+")

    class Meta:
        ordering = ["source", "dataset", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=AssetSource.values), name="checking_listing_source_known"
            ),
            models.UniqueConstraint(
                fields=["source", "dataset"],
                condition=Q(west__isnull=True),
                name="checking_listing_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    west__isnull=True, south__isnull=True, east__isnull=True, north__isnull=True
                )
                | Q(
                    west__isnull=False,  # a comparison with NULL would pass
                    south__isnull=False,
                    east__isnull=False,
                    north__isnull=False,
                    west__lte=F("east"),
                    south__lte=F("north"),
                ),
                name="checking_listing_extent_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.dataset}" if self.dataset else self.source

    @property
    def extent(self) -> tuple[float, float, float, float] | None:
        """Return west, south, east and north in degrees; None where the name tells."""
        if None in (sides := (self.west, self.south, self.east, self.north)):
            return None
        return sides  # type: ignore[return-value]


class Listed(models.Model):
    """An asset that a listing held when it last came."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="+")
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listing", "asset"], name="checking_listed_once")
        ]

    def __str__(self) -> str:
        return f"{self.listing}: {self.asset}"
