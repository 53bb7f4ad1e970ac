"""Who asks, and for which wave."""

from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from fans.openness.models import Wave
from fans.people.models import Person, Role
from fans.people.permissions import roles_for

UNPROCESSABLE = 422
"""A form that needs another look; the page says where."""

_TEAM = {Role.MANAGER.value, Role.COORDINATOR.value}


def person_of(request: HttpRequest) -> Person:
    """Return who is signed in; the permission table has seen to it that somebody is."""
    return cast(Person, request.user)


def wave_for(request: HttpRequest, pk: int, action: str) -> Wave:
    """Return the wave asked for.

    Raises:
        Http404: there is none with this id, or the roles held do not reach its home.
    """
    waves = Wave.objects.select_related("enrolment__home", "instrument")
    wave = get_object_or_404(waves, pk=pk)
    if not request.user.has_perm(action, wave):
        raise Http404("Your roles do not reach this home.")
    return wave


def is_inside(request: HttpRequest, wave: Wave) -> bool:
    """Say whether somebody belongs to the home's own team."""
    return bool(roles_for(request.user, wave.enrolment.home) & _TEAM)
