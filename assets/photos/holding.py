"""Keeps a photo for somebody whose form comes back with a question.

A browser empties a file's field when a page is sent back. So the picture, written anew, is
kept for a day among the photos, and the form carries a seal on its name that works for the
same person only.
"""

from typing import Any, Final

from django.core import signing
from django.core.cache import cache

from assets.photos.files import ORPHAN_AFTER_S, photo_storage, write
from assets.photos.pictures import Picture

_SALT: Final = "assets.photos.holding"
MOST_A_DAY: Final = 40
"""Far more than anybody's forms come back in a day, and far less than fills a disk."""


def hold(picture: Picture, *, by: Any) -> str:
    """Keep a picture until the form comes again; return what the form carries.

    "" where this person's forms have come back too often today: the photo is chosen anew.
    """
    if not _may_hold(by):
        return ""
    large, small = write(picture)
    held = [by.pk, large, small, picture.width, picture.height]
    return signing.dumps(held, salt=_SALT)


def held(seal: str, *, by: Any) -> Picture | None:
    """Return the picture kept under a seal; None where there is none of theirs any more."""
    try:
        person, large, small, width, height = signing.loads(
            seal, salt=_SALT, max_age=ORPHAN_AFTER_S
        )
    except signing.BadSignature:
        return None
    if person != by.pk:
        return None
    try:
        return Picture(_read(large), _read(small), width, height)
    except FileNotFoundError:
        return None


def _may_hold(by: Any) -> bool:
    key = f"photos.held.{by.pk}"
    cache.add(key, 0, ORPHAN_AFTER_S)
    return cache.incr(key) <= MOST_A_DAY


def _read(name: str) -> bytes:
    with photo_storage().open(name) as file:
        data: bytes = file.read()
    return data
