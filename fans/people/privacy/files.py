"""Looks through the files of this installation: imports, exports, pictures, logs.

A text file is written over in place, byte for byte as long as before, so that a log that is
being written to loses no line. A packed file (a spreadsheet, an archive) cannot be: it is
deleted, and made or brought in anew by whoever needs it.
"""

import gzip
import mmap
import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings

from fans.people.privacy.names import Finder, masked
from fans.people.privacy.registry import Fate, Item, Kind
from fans.people.privacy.subject import Subject

PASSED_OVER: Final = {"bench", "static", "stamps", "secret_key", "demo_passwords.json"}
"""What lies at the top of the folder and holds nothing that anybody entered."""

_PIECE: Final = 2**20
_LONGEST: Final = 2**12
"""Bytes of a packed piece read again with the next: no mark is longer."""


class Files:
    """Files that ``ERASURE_PATHS`` names, and those in its folders."""

    name = "files"
    fate = Fate.REMOVED
    kind = Kind(
        "Files that name you: logs, imports and exports that wait",
        "So that faults can be found, and files brought in or taken away",
        "Until the file is done with; logs until the next start",
        "This site",
    )

    def items(self, subject: Subject) -> Iterator[Item]:
        """Yield each file, and how often it names them."""
        for path in files():
            if count := count_in(path, subject.finder):
                yield Item(shown_path(path), {"Times": str(count)})

    def erase(self, subject: Subject) -> int:
        """Write over what names them; delete packed files that do.

        Raises:
            OSError: a file may not be changed.
        """
        changed = 0
        for path in files():
            if count_in(path, subject.finder):
                take_out(path, subject.finder)
                changed += 1
        return changed


def roots() -> list[Path]:
    """Return the files and folders that are looked through, none inside another."""
    named = [Path(each).resolve() for each in settings.ERASURE_PATHS]
    return [one for one in dict.fromkeys(named) if not set(one.parents) & set(named)]


def files() -> Iterator[Path]:
    """Yield every file that people's data could be in."""
    for folder in roots():
        if folder.is_file():
            yield folder
        for where, within, names in os.walk(folder):
            passed_over = PASSED_OVER if Path(where) == folder else set()
            within[:] = sorted(set(within) - passed_over)
            for name in sorted(set(names) - passed_over):
                path = Path(where, name)
                if path.is_file() and not path.is_symlink():
                    yield path


def shown_path(path: Path) -> str:
    """Return a path within its folder: where an installation lies is nobody's business."""
    root = next(each for each in roots() if each in {path, *path.parents})
    return str(Path(root.name) / path.relative_to(root))


def count_in(path: Path, finder: Finder) -> int:
    """Return how often marks stand in a file, its name included."""
    in_name = int(finder.is_in(path.name))
    try:
        if zipfile.is_zipfile(path):
            return in_name + _count_packed(path, finder)
        if path.suffix == ".gz":
            with gzip.open(path) as unpacked:
                return in_name + _count_stream(unpacked, finder)
        with _Mapped(path) as data:
            return in_name + len(finder.places(data))
    except FileNotFoundError:  # gone since it was listed
        return 0
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error):
        return in_name + len(finder.places(path.read_bytes()))


def take_out(path: Path, finder: Finder) -> None:
    """Take marks out of a file, or delete it where that cannot be done."""
    if zipfile.is_zipfile(path) or path.suffix == ".gz" or finder.is_in(path.name):
        path.unlink(missing_ok=True)
        return
    with path.open("r+b") as file:
        with _Mapped(path) as data:
            places = finder.places(data)
        for start, end in places:
            file.seek(start)
            file.write(masked(end - start))
        file.flush()
        os.fsync(file.fileno())


class _Mapped:
    """A file's bytes, not read into memory; an empty file cannot be mapped."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")

    def __enter__(self) -> Any:
        if os.fstat(self._file.fileno()).st_size == 0:
            self._data: Any = b""
        else:
            self._data = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        return self._data

    def __exit__(self, *error: object) -> None:
        if self._data:
            self._data.close()
        self._file.close()


def _count_packed(path: Path, finder: Finder) -> int:
    count = 0
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            count += int(finder.is_in(member.filename))
            with archive.open(member) as unpacked:
                count += _count_stream(unpacked, finder)
    return count


def _count_stream(stream: IO[bytes] | gzip.GzipFile, finder: Finder) -> int:
    """Count marks in a stream; one on the edge of two pieces may be counted twice."""
    count, tail = 0, b""
    while piece := stream.read(_PIECE):
        count += len(finder.places(tail + piece)) - len(finder.places(tail))
        tail = (tail + piece)[-_LONGEST:]
    return count
