"""Names that mean nothing outside one study. Pure."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Final, Literal

KEPT_BYTES: Final = 10
"""80 bits: among a million partners, two alike are not to be expected."""

PATTERN: Final = "-[a-z2-7]{16}"
"""What follows the letter of a pseudonym, as a regular expression."""


@dataclass(frozen=True)
class Pseudonyms:
    """One study's pseudonyms: HMAC-SHA256 over kind and id, with the study's key.

    The same record has the same pseudonym in every extract of the study. Without the
    key, two studies' pseudonyms cannot be matched, nor an id be tried out.
    """

    key: str

    def home(self, id: int) -> str:
        """Name a home."""
        return self._name("H", id)

    def partner(self, id: int) -> str:
        """Name a partner."""
        return self._name("P", id)

    def study(self, id: int) -> str:
        """Name the study itself, so that extracts of two studies are told apart."""
        return self._name("S", id)

    def _name(self, kind: Literal["H", "P", "S"], id: int) -> str:
        digest = hmac.digest(self.key.encode(), f"{kind}:{id}".encode(), hashlib.sha256)
        return f"{kind}-{base64.b32encode(digest[:KEPT_BYTES]).decode().lower()}"
