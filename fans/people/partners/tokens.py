"""Links in mails to places: random, for one purpose, only their hash kept."""

import secrets

from django.conf import settings
from django.urls import reverse


def new_token() -> str:
    """Return 32 random bytes, as an address carries them."""
    return secrets.token_urlsafe(32)


def link_to(route: str, *args: str) -> str:
    """Return the whole address of a page."""
    return f"{settings.SITE_URL}{reverse(route, args=args)}"
