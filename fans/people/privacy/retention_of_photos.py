"""How long photos are kept that the public does not see."""

import datetime as dt
from typing import Final

from django.db.models import QuerySet

from assets.photos.models import Photo, PhotoState
from fans.people.privacy.retention import RowsRule, end_of, register


def refused_photos(last: dt.date) -> QuerySet[Photo]:
    """Return photos that are not shown, or no longer."""
    return Photo.objects.filter(state=PhotoState.REFUSED, decided_at__lt=end_of(last))


def waiting_photos(last: dt.date) -> QuerySet[Photo]:
    """Return photos that nobody has decided about."""
    return Photo.objects.filter(state=PhotoState.PENDING, added_at__lt=end_of(last))


def register_rules() -> None:
    """Add the rules of this module; again changes nothing."""
    for rule in _RULES:
        register(rule)


_RULES: Final = (
    RowsRule(
        slug="refused_photos",
        label="Photos of places that are not shown, or no longer",
        why="So that whoever took one reads why, and a slip can be put right.",
        setting="REFUSED_PHOTOS_DAYS",
        done="Deleted, with their files and history.",
        rows=refused_photos,
        dated_by="decided_at",
    ),
    RowsRule(
        slug="waiting_photos",
        label="Photos of places that nobody has decided about",
        why="A photo that nobody looks at helps nobody, and may show somebody.",
        setting="WAITING_PHOTOS_MONTHS",
        done="Deleted, with their files and history.",
        rows=waiting_photos,
        dated_by="added_at",
    ),
)
