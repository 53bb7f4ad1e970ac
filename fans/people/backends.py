"""Lets ``user.has_perm`` of anybody, signed in or not, ask the permission table."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from fans.people.permissions import allows


class PermissionTableBackend(BaseBackend):
    """Answers permission questions; signs nobody in."""

    def has_perm(self, user_obj: Any, perm: str, obj: object = None) -> bool:
        """Say whether the table allows ``perm`` to ``user_obj`` on ``obj``."""
        return allows(user_obj, perm, obj)
