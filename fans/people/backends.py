"""Who may sign in, and how ``user.has_perm`` of anybody asks the permission table."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend

from fans.people.demo import demo_may_sign_in
from fans.people.permissions import allows


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs people in by their e-mail address; demo accounts only where the demo may run.

    Django asks this at every request too, so a session of a demo account ends with
    the permission to run the demo.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Refuse inactive people, and demo accounts where they would be a back door."""
        return bool(user.is_active) and (not user.is_demo or demo_may_sign_in())


class PermissionTableBackend(BaseBackend):
    """Answers permission questions; signs nobody in."""

    def has_perm(self, user_obj: Any, perm: str, obj: object = None) -> bool:
        """Say whether the table allows ``perm`` to ``user_obj`` on ``obj``."""
        return allows(user_obj, perm, obj)
