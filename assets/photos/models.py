"""Photos of places, and who said that the public may see them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final, Self

import pghistory
from django.conf import settings
from django.contrib.gis.db import models
from django.db.models import Q
from django.utils import timezone

from assets.models import Asset, OpenState, Visibility
from assets.photos.files import photo_storage
from geo.inside import inside_areas

UNDO_WITHIN: Final = dt.timedelta(minutes=10)
"""A slip is noticed at once; later a photo may have been seen and linked to."""


class PhotoState(models.TextChoices):
    """Who may see a photo."""

    PENDING = "pending", "Waits for a champion"
    PUBLIC = "public", "Public"
    REFUSED = "refused", "Not shown"


class PhotoQuerySet(models.QuerySet["Photo"]):
    """Photos by who may see them."""

    def public(self) -> Self:
        """Keep what anybody may see today, at a place that anybody may see."""
        return self.shown().filter(
            asset__visibility=Visibility.PUBLISHED, asset__state=OpenState.OPEN
        )

    def shown(self) -> Self:
        """Keep what stands on a place's page today, whoever may see that page."""
        return self.filter(state=PhotoState.PUBLIC).exclude(self._lapsed())

    def lapsed(self) -> Self:
        """Keep public photos whose people agreed until a day that is over."""
        return self.filter(self._lapsed(), state=PhotoState.PUBLIC)

    def waiting(self) -> Self:
        """Keep what waits for a champion, the longest waiting first."""
        photos = self.filter(state=PhotoState.PENDING)
        return photos.order_by("added_at", "pk")

    def in_reach(self, *, everywhere: bool, area_ids: Iterable[int]) -> Self:
        """Keep photos of places inside the areas named, or all."""
        if everywhere:
            return self
        return self.filter(inside_areas(area_ids, column="asset__location"))

    def inside(self, reach: Any) -> Self:
        """Keep what a person's reach for an action covers."""
        return self.in_reach(everywhere=reach.everywhere, area_ids=reach.area_ids)

    @staticmethod
    def _lapsed() -> Q:
        return Q(shows_people=True, permission_until__lt=timezone.localdate())


@pghistory.track(exclude=["file", "thumbnail", "width", "height"])
class Photo(models.Model):
    """One photo of one asset, written anew; the lowest position comes first."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="photos")
    file = models.FileField(storage=photo_storage, max_length=100)
    thumbnail = models.FileField(storage=photo_storage, max_length=100)
    width = models.PositiveSmallIntegerField()  # of ``file``, in pixels
    height = models.PositiveSmallIntegerField()
    alt = models.CharField("what is to be seen", max_length=250, blank=True)
    shows_people = models.BooleanField("people can be recognised", default=False)
    # The last day on which the people in it agreed to be seen.
    permission_until = models.DateField("they agreed until", null=True, blank=True)
    state = models.CharField(
        max_length=7, choices=PhotoState, default=PhotoState.PENDING, editable=False
    )
    reason = models.CharField("why it is not shown", max_length=250, blank=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    # A browser's own id for one photo: sending it twice adds it once.
    client_uuid = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            models.Index(
                fields=["added_at"], condition=Q(state="pending"), name="photos_photo_waiting"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PhotoState.values), name="photos_photo_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=PhotoState.PUBLIC) | ~Q(alt=""),
                name="photos_photo_public_described",
                violation_error_message="Say what is to be seen before it is public.",
            ),
            models.CheckConstraint(
                condition=~Q(state=PhotoState.PUBLIC)
                | Q(shows_people=False)
                | Q(permission_until__isnull=False),
                name="photos_photo_public_people_agreed",
                violation_error_message="People in it have to have agreed, until a day.",
            ),
            models.CheckConstraint(
                condition=Q(shows_people=True) | Q(permission_until__isnull=True),
                name="photos_photo_permission_of_people",
            ),
            models.CheckConstraint(
                condition=Q(state=PhotoState.REFUSED, reason__gt="")
                | (~Q(state=PhotoState.REFUSED) & Q(reason="")),
                name="photos_photo_refused_in_words",
            ),
            models.CheckConstraint(
                condition=Q(state=PhotoState.PENDING, decided_at__isnull=True)
                | (~Q(state=PhotoState.PENDING) & Q(decided_at__isnull=False)),
                name="photos_photo_decided_dated",
            ),
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0), name="photos_photo_has_size"
            ),
            models.CheckConstraint(
                condition=~Q(file="") & ~Q(thumbnail=""), name="photos_photo_has_files"
            ),
        ]

    def __str__(self) -> str:
        return self.alt or f"Photo {self.pk}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this photo is asked in: its place's."""
        return {"asset": {self.asset_id}}

    @property
    def has_lapsed(self) -> bool:
        """Whether the people in it agreed until a day that is over."""
        until = self.permission_until
        return self.shows_people and until is not None and until < timezone.localdate()

    @property
    def can_be_undone(self) -> bool:
        """Whether what was decided may still be taken back."""
        decided = self.decided_at
        return decided is not None and timezone.now() - decided <= UNDO_WITHIN

    def file_names(self) -> tuple[str, str]:
        """Return the names of its files."""
        return str(self.file.name), str(self.thumbnail.name)
