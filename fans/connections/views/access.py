"""Who asks, and for which home."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from fans.people.models import Person
from homes.models import Home

UNPROCESSABLE = 422
"""A form that needs another look; the page says where."""


def person_of(request: HttpRequest) -> Person:
    """Return who is signed in; the permission table has seen to it that somebody is."""
    return cast(Person, request.user)


def home_for(request: HttpRequest, home_id: int, action: str) -> Home:
    """Return the home asked for.

    Raises:
        Http404: there is none with this id.
        PermissionDenied: the roles held do not reach this home.
    """
    home = get_object_or_404(Home, pk=home_id)
    if not request.user.has_perm(action, home):
        raise PermissionDenied("Your roles do not reach this home.")
    return home
