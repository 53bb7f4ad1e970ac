"""When what a register says now is the same as what it said before. Pure."""

import re

_SPACES_AND_COMMAS = re.compile(r"[\s,]+")
_SCHEME_AND_HOST_PREFIX = re.compile(r"^https?://(www\.|beta\.)*", re.IGNORECASE)
_HOST_PREFIX = re.compile(r"^(www\.|beta\.)+", re.IGNORECASE)


def same_text(before: str, now: str) -> bool:
    """Say whether two texts differ in spacing and commas at most."""
    return _squeezed(before) == _squeezed(now)


def same_website(before: str, now: str) -> bool:
    """Say whether two addresses differ in http(s), www., beta. or a last slash at most."""
    return _bare(before) == _bare(now)


def same_phone(before: str, now: str) -> bool:
    """Say whether two numbers have the same digits."""
    return re.sub(r"\D", "", before) == re.sub(r"\D", "", now)


def _squeezed(text: str) -> str:
    return _SPACES_AND_COMMAS.sub(" ", text).strip()


def _bare(address: str) -> str:
    bare = _HOST_PREFIX.sub("", _SCHEME_AND_HOST_PREFIX.sub("", address.strip()))
    host, slash, path = bare.partition("/")
    return (host.lower() + slash + path).rstrip("/")
