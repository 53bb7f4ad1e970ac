"""How allauth signs people in here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from fans.people.demo import demo_may_sign_in


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up by oneself: accounts come with an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse; an invitation makes the account."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Leave it: people are known by their e-mail address alone."""

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Stop demo accounts, by password or by code, where the demo may not run."""
        if user.is_demo and not demo_may_sign_in():
            user.is_active = False  # for this request: treated like a closed account
        found: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return found
