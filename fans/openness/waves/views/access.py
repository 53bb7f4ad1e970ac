"""Which wave is asked for, and who looks."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from fans.openness.models import Wave
from fans.openness.waves.missing import Piece
from fans.people.models import Role
from fans.people.permissions import roles_for
from fans.people.table import ROUTES

CONFLICT = 409
"""What was asked came too late, or somebody else was first."""

TEAM = {Role.MANAGER, Role.COORDINATOR}


@dataclass(frozen=True)
class Todo:
    """A piece of a wave, and whether whoever looks may do it."""

    piece: Piece
    may_do: bool


def wave_for(request: HttpRequest, pk: int, action: str = "waves.view") -> Wave:
    """Return the wave asked for.

    Raises:
        Http404: there is none of this number, or the roles held do not reach it.
    """
    rows = Wave.objects.select_related(
        "enrolment__home", "enrolment__cohort", "instrument", "opened_by", "closed_by"
    )
    found = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm(action, found):
        raise Http404("Your roles do not reach this home’s waves.")
    return found


def is_inside(request: HttpRequest, obj: Model) -> bool:
    """Say whether whoever looks is of the home's own team."""
    return bool(TEAM & roles_for(request.user, obj))


def todos(request: HttpRequest, pieces: Iterable[Piece], obj: Model) -> list[Todo]:
    """Return the pieces, each with whether whoever looks may go and do it."""
    may: dict[str, bool] = {}
    for piece in pieces:
        if piece.url_name not in may:
            action = ROUTES.get(piece.url_name, "")
            may[piece.url_name] = request.user.has_perm(action, obj)
    return [Todo(piece, may[piece.url_name]) for piece in pieces]


def refused(request: HttpRequest, wave: Wave, words: str) -> HttpResponse:
    """Say why nothing was changed."""
    context = {"wave": wave, "home": wave.enrolment.home, "words": words}
    return render(request, "waves/refused.html", context, status=CONFLICT)
