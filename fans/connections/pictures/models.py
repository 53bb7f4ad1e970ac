"""Photos of what happened, and whose permission is held to show them."""

import datetime as dt
from collections.abc import Iterable
from typing import Final, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from assets.photos.files import photo_storage
from fans.connections.models import Connection

UNDO_WITHIN: Final = dt.timedelta(minutes=10)
"""A slip is noticed at once; later somebody may have seen it."""


class PictureQuerySet(models.QuerySet["Picture"]):
    """Photos by who may see them."""

    def standing(self) -> Self:
        """Keep photos that nobody has taken off, of entries that stand."""
        return self.filter(removed_at__isnull=True, connection__undone_at__isnull=True)

    def public(self) -> Self:
        """Keep what anybody may see today: permission is held, and has not run out."""
        return self.standing().filter(is_public=True).exclude(self._lapsed())

    def lapsed(self) -> Self:
        """Keep public photos whose people agreed until a day that is over."""
        return self.filter(self._lapsed(), is_public=True)

    def of_homes(self, homes: Iterable[int]) -> Self:
        """Keep photos of the log of some homes: ids, or a queryset."""
        return self.filter(connection__home__in=homes)

    @staticmethod
    def _lapsed() -> Q:
        return Q(shows_people=True, permission_until__lt=timezone.localdate())


@pghistory.track(exclude=["file", "thumbnail", "width", "height"])
class Picture(models.Model):
    """One photo of one log entry, written anew; for the home's own people unless public."""

    connection = models.ForeignKey(Connection, models.PROTECT, related_name="pictures")
    file = models.FileField(storage=photo_storage, max_length=100)
    thumbnail = models.FileField(storage=photo_storage, max_length=100)
    width = models.PositiveSmallIntegerField()  # of ``file``, in pixels
    height = models.PositiveSmallIntegerField()
    alt = models.CharField("what is to be seen", max_length=250, blank=True)
    # True unless somebody says otherwise: a forgotten box shows nobody.
    shows_people = models.BooleanField("people can be recognised", default=True)
    permission_held = models.BooleanField("permission of all of them is held", default=False)
    # The last day on which the people in it agreed to be seen.
    permission_until = models.DateField("until", null=True, blank=True)
    is_public = models.BooleanField("anybody may see it", default=False, editable=False)
    shared_at = models.DateTimeField(null=True, blank=True, editable=False)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # A browser's own id for one photo: sending it twice adds it once.
    client_uuid = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    # Taken off, and deleted for good when the time to take that back is over.
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=False)
                | Q(shows_people=False)
                | Q(permission_held=True, permission_until__isnull=False),
                name="pictures_public_people_agreed",
                violation_error_message="Permission of the people in it has to be held, "
                "until a day.",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | ~Q(alt=""),
                name="pictures_public_described",
                violation_error_message="Say what is to be seen before anybody may see it.",
            ),
            models.CheckConstraint(
                condition=Q(shows_people=True)
                | Q(permission_held=False, permission_until__isnull=True),
                name="pictures_permission_of_people",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False, shared_at__isnull=True)
                | Q(is_public=True, shared_at__isnull=False),
                name="pictures_public_dated",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(is_public=False),
                name="pictures_removed_not_public",
            ),
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0), name="pictures_has_size"
            ),
            models.CheckConstraint(
                condition=~Q(file="") & ~Q(thumbnail=""), name="pictures_has_files"
            ),
        ]

    def __str__(self) -> str:
        return f"Photo {self.pk}"  # never its words: this may reach a log

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this photo is asked in: its home's."""
        return {"home": {self.connection.home_id}}

    @property
    def has_lapsed(self) -> bool:
        """Whether the people in it agreed until a day that is over."""
        until = self.permission_until
        return self.shows_people and until is not None and until < timezone.localdate()

    def can_be_restored(self, at: dt.datetime) -> bool:
        """Say whether it was taken off so lately that it may come back."""
        return self.removed_at is not None and at - self.removed_at <= UNDO_WITHIN

    def file_names(self) -> tuple[str, str]:
        """Return the names of its files."""
        return str(self.file.name), str(self.thumbnail.name)
