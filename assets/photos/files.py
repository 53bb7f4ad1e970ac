"""Where photos lie: in a folder of their own, under names that say nothing.

No web server hands them out: a view does, which asks the permission table first.
"""

import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import transaction

from assets.photos.pictures import Picture

FOLDER: Final = "photos"
ORPHAN_AFTER_S: Final = 24 * 3600
"""A file that belongs to no photo and is older than this is deleted."""


class PhotoStorage(FileSystemStorage):
    """The site's own folder of files, readable by nobody but the site."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    def url(self, name: str | None) -> str:
        """Refuse: the view has the address, not the file."""
        raise ValueError("Photos are handed out by a view.")


def photo_storage() -> PhotoStorage:
    """Return where photos are kept; a name for migrations, without a setting in it."""
    return PhotoStorage()


@contextmanager
def kept(picture: Picture, *, folder: str = FOLDER) -> Iterator[tuple[str, str]]:
    """Write both sizes and yield their names; what goes wrong inside takes them away again."""
    names = write(picture, folder=folder)
    try:
        yield names
    except BaseException:
        _delete(names)
        raise


def write(picture: Picture, *, folder: str = FOLDER) -> tuple[str, str]:
    """Write both sizes under names that nobody can guess; all or nothing."""
    storage, name = photo_storage(), secrets.token_hex(16)
    large = storage.save(f"{folder}/{name[:2]}/{name}.jpg", ContentFile(picture.large))
    try:
        small = storage.save(
            f"{folder}/{name[:2]}/{name}-small.jpg", ContentFile(picture.small)
        )
    except BaseException:
        _delete([large])
        raise
    return large, small


def delete_when_done(*names: str) -> None:
    """Delete files once the transaction that lets go of them has held."""
    transaction.on_commit(lambda: _delete(names))


def forget(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Delete a photo's files after its row, whatever deleted that: a place takes its own."""
    delete_when_done(*instance.file_names())


def delete_orphans(wanted: set[str], *, folder: str = FOLDER) -> int:
    """Delete old files of a folder that no photo wants; return how many."""
    storage = photo_storage()
    oldest = time.time() - ORPHAN_AFTER_S
    orphans = [
        name
        for name in _all_names(storage, folder)
        if name not in wanted and storage.get_modified_time(name).timestamp() < oldest
    ]
    _delete(orphans)
    return len(orphans)


def _all_names(storage: Any, folder: str) -> Iterator[str]:
    if not storage.exists(folder):
        return
    for inner in storage.listdir(folder)[0]:
        for name in storage.listdir(f"{folder}/{inner}")[1]:
            yield f"{folder}/{inner}/{name}"


def _delete(names: Iterable[str]) -> None:
    for name in names:
        if name:
            photo_storage().delete(name)
