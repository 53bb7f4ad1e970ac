"""What an address is, and how it is remembered without being kept."""

import hmac
import unicodedata
from contextlib import suppress
from email.utils import parseaddr
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from fans.people.post.errors import NoAddressError

_SALT: Final = b"fans.people.post.address:"


def bare(address: str) -> str:
    """Return the address alone, without the name before it.

    Raises:
        NoAddressError: it is empty, or no address.
    """
    found = parseaddr(address.strip())[1]
    try:
        validate_email(found)
    except ValidationError as error:
        raise NoAddressError("This is not an e-mail address.") from error
    return found


def hash_of_address(address: str) -> str:
    """Return what is remembered of an address, whatever its case: useless without the key."""
    local, _, host = unicodedata.normalize("NFC", address.strip().lower()).rpartition("@")
    with suppress(UnicodeError):  # no name of a host; the hash is as good
        host = host.encode("idna").decode("ascii")
    words = _SALT + f"{local}@{host}".encode(errors="replace")
    return hmac.digest(settings.MAIL_HASH_KEY.encode(), words, "sha256").hex()
