"""How large an outside file may be; the numbers are settings."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Limits:
    """Bytes handed over packed, bytes once unpacked, rows, and characters in one cell."""

    packed_bytes: int
    unpacked_bytes: int
    rows: int
    cell_chars: int


def import_limits() -> Limits:
    """Return the limits of ``settings.IMPORT_LIMITS``."""
    return Limits(**settings.IMPORT_LIMITS)


def in_words(size_bytes: int) -> str:
    """Say a number of bytes as "64 MB" or "2 GB"."""
    for unit, name in ((2**30, "GB"), (2**20, "MB"), (2**10, "kB")):
        if size_bytes >= unit:
            return f"{size_bytes / unit:.3g} {name}"
    return f"{size_bytes} bytes"
