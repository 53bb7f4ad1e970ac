"""Files that people hand over: taken up to a limit, kept privately, deleted in time."""

import os
import re
import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from intake.errors import IntakeError
from intake.limits import import_limits, in_words
from intake.source import SourceFile

ORPHAN_AFTER_S: Final = 24 * 3600
"""A file that belongs to no import and is older than this is deleted."""

_SUFFIX: Final = re.compile(r"\.[a-z0-9]{1,8}$")
_OVERHEAD: Final = 2**20
"""Bytes that the other fields of a form may have."""


_taken: Final[dict[str, Callable[[], int]]] = {
    "imports.run": lambda: import_limits().packed_bytes
}


def take_files(action: str, most_bytes: Callable[[], int]) -> None:
    """Let files of this size in from people who may do something; again replaces it."""
    _taken[action] = most_bytes


class LimitHandler(FileUploadHandler):
    """Lets a file pass by unstored that is too large, or from somebody who may bring none in.

    The form's other fields arrive. A form is read before anybody asks whether its page is
    open to the sender: without this, strangers could fill the disk at any address.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django's own name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Note whether what comes is more than is taken from this person."""
        user: Any = getattr(self.request, "user", None)
        most = [size() for action, size in _taken.items() if user and user.has_perm(action)]
        self.may_bring = bool(most)
        self.too_large = content_length > max(most, default=0) + _OVERHEAD
        if self.request is not None:
            self.request.too_large = self.too_large  # type: ignore[attr-defined]

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file, or pass over it."""
        super().new_file(*args, **kwargs)
        if self.too_large or not self.may_bring:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Leave the storing to the handlers that follow."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that follow."""


@dataclass(frozen=True)
class Kept:
    """A file in the folder of uploads, under a name that nobody can guess."""

    stored_name: str
    source: SourceFile


def folder() -> Path:
    """Return the folder of uploads, made for its owner alone."""
    path: Path = settings.STATE_DIR / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def tidy_name(name: str) -> str:
    """Return a file's own name as it may be shown: no folders, nothing unprintable."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(char for char in last if char.isprintable()).strip()
    return shown[-200:] or "file"


def keep_upload(upload: "UploadedFile[Any]") -> Kept:
    """Keep an uploaded file.

    Raises:
        IntakeError: it is empty or too large.
    """
    name = tidy_name(upload.name or "")
    most = import_limits().packed_bytes
    if (upload.size or 0) > most:
        raise too_large(name)
    return _keep(name, upload.chunks())


def keep_copy(source: SourceFile) -> Kept:
    """Keep a copy of an operator's file."""
    with source.path.open("rb") as file:
        return _keep(tidy_name(source.name), iter(lambda: file.read(2**20), b""))


def too_large(name: str) -> IntakeError:
    """Return the refusal of a file that is too large."""
    most = in_words(import_limits().packed_bytes)
    return IntakeError(f"the file is too large: at most {most} are taken", file=name)


def _keep(name: str, chunks: Any) -> Kept:
    suffix = _SUFFIX.search(name.lower())
    stored_name = secrets.token_hex(16) + (suffix.group() if suffix else "")
    path = folder() / stored_name
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())  # the import must outlive a power cut
    try:
        return Kept(stored_name, open_kept(stored_name, name))
    except IntakeError:
        path.unlink()
        raise


def open_kept(stored_name: str, name: str) -> SourceFile:
    """Open a kept file under the name that it came with.

    Raises:
        IntakeError: it is empty, or no longer there.
    """
    try:
        source = SourceFile.open(folder() / stored_name)
    except IntakeError as error:
        raise IntakeError(error.reason, file=name) from error
    return replace(source, name=name)


def delete_kept(stored_name: str) -> None:
    """Delete a kept file; it may be gone already."""
    if stored_name:
        (folder() / stored_name).unlink(missing_ok=True)


def delete_orphans(wanted: set[str]) -> int:
    """Delete old files that no import wants; return how many."""
    oldest = time.time() - ORPHAN_AFTER_S
    orphans = [
        path
        for path in folder().iterdir()
        if path.name not in wanted and path.stat().st_mtime < oldest
    ]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
