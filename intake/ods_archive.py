"""The content of an .ods file as a stream of bytes, within the limits."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from intake.errors import IntakeError
from intake.limits import import_limits, in_words
from intake.source import SourceFile

CHUNK_BYTES: Final = 64 * 1024
_CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_MANIFEST_BYTES: Final = 2**20
_PASSWORD: Final = 0x1  # bit of a zip member's flags


def content_chunks(source: SourceFile) -> Iterator[bytes]:
    """Yield the unpacked ``content.xml``; counts what comes, whatever the headers say.

    Raises:
        IntakeError: too large packed or unpacked, behind a password, or damaged.
    """
    limits = import_limits()
    if source.size_bytes > limits.packed_bytes:
        most = in_words(limits.packed_bytes)
        reason = f"the file has {in_words(source.size_bytes)}; packed, at most {most} are taken"
        raise IntakeError(reason, file=source.name)
    try:
        with zipfile.ZipFile(source.path) as archive:
            _refuse_password(archive, source)
            yield from _unpacked(archive, source, limits.unpacked_bytes)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
        reason = "the spreadsheet cannot be unpacked: is it cut off?"
        raise IntakeError(reason, file=source.name) from error
    except (NotImplementedError, RuntimeError) as error:
        reason = (
            "the spreadsheet is packed in a way that is not known here; please save it anew"
        )
        raise IntakeError(reason, file=source.name) from error


def _unpacked(archive: zipfile.ZipFile, source: SourceFile, most: int) -> Iterator[bytes]:
    size = 0
    if archive.getinfo(_CONTENT).file_size > most:  # by its own account
        raise _too_large(source, most)
    with archive.open(_CONTENT) as content:
        while chunk := content.read(CHUNK_BYTES):
            size += len(chunk)
            if size > most:
                raise _too_large(source, most)
            yield chunk


def _too_large(source: SourceFile, most: int) -> IntakeError:
    reason = f"unpacked, the spreadsheet has more than {in_words(most)}"
    return IntakeError(reason, file=source.name)


def _refuse_password(archive: zipfile.ZipFile, source: SourceFile) -> None:
    members = {info.filename: info for info in archive.infolist()}
    locked = "encrypted-package" in members or bool(
        members[_CONTENT].flag_bits & _PASSWORD if _CONTENT in members else False
    )
    if _MANIFEST in members and not members[_MANIFEST].flag_bits & _PASSWORD:
        with archive.open(_MANIFEST) as manifest:
            locked |= b"encryption-data" in manifest.read(_MANIFEST_BYTES)
    if locked:
        reason = "the spreadsheet has a password; please save it without one"
        raise IntakeError(reason, file=source.name)
