"""Records of this part."""

from fans.connections.wishes.models.thanks import Thanks, ThanksQuerySet
from fans.connections.wishes.models.wish import (
    UNDO_WINDOW,
    FromWhom,
    HowMany,
    LetGoWhy,
    Wish,
    WishQuerySet,
    WishStatus,
)

__all__ = [
    "UNDO_WINDOW",
    "FromWhom",
    "HowMany",
    "LetGoWhy",
    "Thanks",
    "ThanksQuerySet",
    "Wish",
    "WishQuerySet",
    "WishStatus",
]
