"""What a home can offer its neighbours."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from homes.models.home import Home


class HomeAssetKind(models.TextChoices):
    """What a home can offer its neighbours."""

    ROOM = "room", "Room or hall"
    GARDEN = "garden", "Garden or greenhouse"
    KITCHEN = "kitchen", "Kitchen or café"
    MINIBUS = "minibus", "Minibus"
    HAIRDRESSING = "hairdressing", "Hairdressing room"
    WORKSHOP = "workshop", "Craft or woodwork corner"
    WIFI = "wifi", "Wifi and technology"
    PETS = "pets", "Pets"
    STAFF_SKILLS = "staff_skills", "Skills of staff"
    RESIDENT_SKILLS = "resident_skills", "Skills of people who live here"
    STORIES = "stories", "Stories of people who live here"
    BUYING_LOCALLY = "buying_locally", "Buying locally"
    PLACEMENTS = "placements", "Work placements and training"
    DONATIONS = "donations", "Things made to give away"
    HOSTING = "hosting", "Hosting a group or meeting"
    DISPLAY = "display", "Display wall or exhibition"
    CIVIC_ROOM = "civic_room", "Voting or parish meeting place"


class HomeAssetQuerySet(models.QuerySet["HomeAsset"]):
    """Offers by whether they stand, and for whom."""

    def listed(self) -> Self:
        """Keep what has not been withdrawn."""
        return self.filter(withdrawn_on__isnull=True)

    def public(self) -> Self:
        """Keep what anybody may see."""
        return self.listed().filter(is_public=True)


@pghistory.track()
class HomeAsset(models.Model):
    """Something a home can offer: its garden, its minibus, somebody's stories."""

    home = models.ForeignKey(Home, models.CASCADE, related_name="home_assets")
    kind = models.CharField(max_length=20, choices=HomeAssetKind)
    description = models.CharField(max_length=200, blank=True)
    is_public = models.BooleanField(default=False)
    listed_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = HomeAssetQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=HomeAssetKind.values),
                name="homes_homeasset_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("listed_on")),
                name="homes_homeasset_ordered",
            ),
        ]

    def __str__(self) -> str:
        return self.description or self.get_kind_display()

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this offer is asked in."""
        return {"home": {self.home_id}}
