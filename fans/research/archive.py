"""A zip file that is the same, byte for byte, whenever it holds the same. Pure."""

import hashlib
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Final, Self

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can tell: files in it have no time of their own."""

MADE_ON_UNIX: Final = 3
READABLE: Final = 0o644 << 16


@dataclass(frozen=True)
class Member:
    """One file in the archive."""

    name: str
    bytes: int
    sha256: str
    lines: int


class Archive:
    """A zip file that is written member by member, each as a stream."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.members: dict[str, Member] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write the list of members, which ends the file."""
        self._zip.close()

    def add(self, name: str, pieces: Iterable[bytes]) -> Member:
        """Write one file as its pieces come, and note its size and hash."""
        entry = zipfile.ZipInfo(name, EPOCH)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system, entry.external_attr = MADE_ON_UNIX, READABLE
        digest, size, lines = hashlib.sha256(), 0, 0
        with self._zip.open(entry, "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
                digest.update(piece)
                size += len(piece)
                lines += piece.count(b"\n")
        self.members[name] = Member(name, size, digest.hexdigest(), lines)
        return self.members[name]
