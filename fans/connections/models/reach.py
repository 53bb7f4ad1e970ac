"""What lies within a home's reach."""

from django.db import models
from django.db.models import Q

from assets.models import Asset
from homes.models import Home

REACH_M = 615
"""800 m on foot or by wheelchair, taken as 800 / 1.3 in a straight line."""


class Reach(models.Model):
    """An asset within reach of a home, kept by database triggers.

    ``since`` is the day it came into reach: a home whose neighbourhood is mapped
    during its programme is scored on what stood at the start.
    """

    pk = models.CompositePrimaryKey("home_id", "asset_id")
    home = models.ForeignKey(Home, models.CASCADE, related_name="reach")
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="+")
    metres = models.FloatField()
    since = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(metres__gte=0, metres__lte=REACH_M),
                name="connections_reach_within_reach",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} is {self.metres:.0f} m from {self.home_id}"
