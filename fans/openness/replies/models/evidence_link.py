"""What a home points at, to say where one of its answers comes from."""

from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fans.connections.models import Connection, Partnership
from fans.connections.wishes.models import Wish
from fans.openness.models import Indicator, Wave
from fans.openness.replies.models.reply import refuse_another_instrument
from homes.models import HomeAsset


class EvidenceKind(models.TextChoices):
    """What is pointed at."""

    CONNECTION = "connection", "An entry in our log"
    PARTNERSHIP = "partnership", "One of our ties"
    WISH = "wish", "A wish"
    HOME_ASSET = "home_asset", "Something we offer"
    URL = "url", "A page on the web"
    WORDS = "words", "Something else, in words"


OBJECTS = ("connection", "partnership", "wish", "home_asset")


def _only(kind: str) -> Q:
    """Demand that what a kind points at is there, and nothing else."""
    fields = {name: Q(**{f"{name}__isnull": name != kind}) for name in OBJECTS}
    condition = Q(kind=kind)
    for one in fields.values():
        condition &= one
    condition &= ~Q(url="") if kind == "url" else Q(url="")
    return condition


def _points_at_one() -> Q:
    condition = _only(EvidenceKind.CONNECTION)
    for kind in EvidenceKind.values[1:]:
        condition |= _only(kind)
    return condition


class EvidenceLinkQuerySet(models.QuerySet["EvidenceLink"]):
    """Evidence by state."""

    def standing(self) -> Self:
        """Keep what was not taken back."""
        return self.filter(taken_back_at__isnull=True)


@pghistory.track()
class EvidenceLink(models.Model):
    """One thing behind one sign of a wave: of the home's own records, or a page, or words."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="evidence_links")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=EvidenceKind)
    connection = models.ForeignKey(
        Connection, models.CASCADE, null=True, blank=True, related_name="+"
    )
    partnership = models.ForeignKey(
        Partnership, models.CASCADE, null=True, blank=True, related_name="+"
    )
    wish = models.ForeignKey(Wish, models.CASCADE, null=True, blank=True, related_name="+")
    home_asset = models.ForeignKey(
        HomeAsset, models.CASCADE, null=True, blank=True, related_name="+"
    )
    url = models.URLField(max_length=300, blank=True)
    words = models.CharField(max_length=200, blank=True)
    words_gone_on = models.DateField(null=True, blank=True)
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    linked_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceLinkQuerySet.as_manager()

    class Meta:
        ordering = ["wave", "indicator", "linked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=_points_at_one(), name="replies_evidence_one"),
            models.CheckConstraint(
                condition=~Q(kind="words", words="") | Q(words_gone_on__isnull=False),
                name="replies_evidence_has_words",
                violation_error_message="Put a few words.",
            ),
            models.CheckConstraint(
                condition=Q(url="")
                | Q(url__istartswith="http://")
                | Q(url__istartswith="https://"),
                name="replies_evidence_web_only",
                violation_error_message="Put a web address: it begins with https://.",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(taken_back_at__gte=F("linked_at")),
                name="replies_evidence_ordered",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_by__isnull=True) | Q(taken_back_at__isnull=False),
                name="replies_evidence_back_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} beside {self.indicator} in {self.wave}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scopes that a permission on this row is asked in."""
        return self.wave.permission_scope()

    def clean(self) -> None:
        """Refuse a sign of another instrument than the wave's."""
        refuse_another_instrument(self)
