"""An outside file, looked at before anything of it is believed."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from intake.errors import IntakeError
from intake.limits import import_limits, in_words

_START_BYTES = 4096


@dataclass(frozen=True)
class SourceFile:
    """A file that exists, holds something and is not too large."""

    path: Path
    name: str
    size_bytes: int
    sha256: str

    @classmethod
    def open(cls, path: str | Path, *, most_bytes: int | None = None) -> Self:
        """Look at a file and take its fingerprint.

        ``most_bytes``: the limit of unpacked files unless told.

        Raises:
            IntakeError: there is no such file, it is empty, or it is too large.
        """
        path = Path(path)
        most_bytes = most_bytes or import_limits().unpacked_bytes
        try:
            size = path.stat().st_size
            if path.is_dir():
                raise IntakeError("this is a folder, not a file", file=path.name)
            if not path.is_file():  # a pipe, a device: reading might never end
                raise IntakeError("this is no file that could be read", file=path.name)
            if size == 0:
                raise IntakeError("the file is empty", file=path.name)
            if size > most_bytes:
                raise IntakeError(
                    f"the file has {in_words(size)}; at most {in_words(most_bytes)} are taken",
                    file=path.name,
                )
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            reason = f"the file could not be opened ({error.strerror})"
            raise IntakeError(reason, file=str(path)) from error
        return cls(path=path, name=path.name, size_bytes=size, sha256=digest)

    def first_bytes(self) -> bytes:
        """Return the start of the file, enough to tell what kind it is."""
        with self.path.open("rb") as file:
            return file.read(_START_BYTES)
