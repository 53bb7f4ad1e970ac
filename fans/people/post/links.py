"""The link at the end of a mail, and what it stops: no address is in it."""

import base64
import binascii
from typing import Final, NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from fans.people.post.models import STOPPABLE, Kind

_KINDS: Final = STOPPABLE
_HASH_BYTES: Final = 32


class Target(NamedTuple):
    """Which mail to which address a link is about."""

    kind: Kind
    address_hash: str


def _signer() -> Signer:
    # Not SECRET_KEY: a link in an old mail has to work for as long as somebody keeps it.
    return Signer(key=settings.MAIL_HASH_KEY, sep=".", salt="fans.people.post.stop")


def token_for(kind: Kind, address_hash: str) -> str:
    """Return what a link carries."""
    packed = bytes([_KINDS.index(kind)]) + bytes.fromhex(address_hash)
    return _signer().sign(base64.urlsafe_b64encode(packed).decode().rstrip("="))


def target_of(token: str) -> Target | None:
    """Return what a link is about; None where it is not one of ours."""
    try:
        packed = base64.urlsafe_b64decode(_signer().unsign(token))
        kind = _KINDS[packed[0]]
    except (BadSignature, binascii.Error, IndexError, ValueError):
        return None
    digest = packed[1:]
    return Target(kind, digest.hex()) if len(digest) == _HASH_BYTES else None


def stop_link(kind: Kind, address_hash: str) -> str:
    """Return the whole address of the page that stops mail of a kind."""
    token = token_for(kind, address_hash)
    return f"{settings.SITE_URL}{reverse('post:stop', args=[token])}"
