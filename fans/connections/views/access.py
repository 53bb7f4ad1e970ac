"""Who asks, and for which home."""

from typing import cast

from django.http import Http404, HttpRequest
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
        Http404: there is none with this id, or the roles held do not reach it.
    """
    home = get_object_or_404(Home, pk=home_id)
    if not request.user.has_perm(action, home):
        raise Http404("Your roles do not reach this home.")
    return home
