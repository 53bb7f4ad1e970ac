"""Tiles as they are sent: their bytes, packed and not, under a mark of what is in them.

Packing what somebody alone may see, and sending it where others can watch its length,
could tell them of it (BREACH): only what everybody may see is packed.
"""

import hashlib
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.core.cache import caches
from django.utils.http import parse_etags

KEPT_SECONDS: Final = 3600
_WORTH_PACKING_BYTES: Final = 200  # below, its own head takes what it saves
_LEVEL: Final = 4  # of 9: a fifth more bytes than the last, in a quarter of its time
_AS_GZIP: Final = 16 + zlib.MAX_WBITS
_GZIP: Final = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")


@dataclass
class PackedTile:
    """One tile's bytes."""

    data: bytes

    @cached_property
    def etag(self) -> str:
        """Name these bytes; weakly, since they are the same packed and not."""
        return f'W/"{hashlib.blake2b(self.data, digest_size=12).hexdigest()}"'

    @cached_property
    def packed(self) -> bytes | None:
        """Return the bytes as gzip; None where it isn't worth it."""
        if len(self.data) < _WORTH_PACKING_BYTES:
            return None
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _AS_GZIP)
        return packer.compress(self.data) + packer.flush()


def is_known(drawn: PackedTile, if_none_match: str) -> bool:
    """Say whether a browser that sent this has the tile, however a proxy wrote its mark."""
    if not if_none_match:
        return False
    known = {mark.removeprefix("W/") for mark in parse_etags(if_none_match)}
    return drawn.etag.removeprefix("W/") in known


def is_packed_for(accept_encoding: str) -> bool:
    """Say whether whoever sent this can unpack gzip."""
    return _GZIP.search(accept_encoding) is not None


def kept(key: str, encode: Callable[[], bytes]) -> PackedTile:
    """Return the tile kept in this process under a key, or encode, pack and keep it.

    ``key`` must say all that the bytes depend on, the version of the rows as well.
    """
    cache = caches["tiles"]
    # Query strings may be long and hold anything; a cache's keys may not.
    short = hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
    found: PackedTile | None = cache.get(short)
    if found is None:
        found = PackedTile(encode())
        _ = found.etag, found.packed  # once, and not for each who asks
        cache.set(short, found, KEPT_SECONDS)
    return found
