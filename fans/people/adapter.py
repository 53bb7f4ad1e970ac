"""How allauth signs people in here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up by oneself: accounts come with an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse; an invitation makes the account."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Leave it: people are known by their e-mail address alone."""
