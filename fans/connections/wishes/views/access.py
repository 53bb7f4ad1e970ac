"""Which wish is asked for, and what happens when it cannot be done."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from fans.connections.wishes.models import Wish

CONFLICT = 409
"""What was asked came too late, or somebody else was first."""


def wish_for(request: HttpRequest, pk: int, action: str) -> Wish:
    """Return the wish asked for, with its home and what granted it.

    Raises:
        Http404: there is none of this number, or the roles held do not reach its home.
    """
    rows = Wish.objects.select_related("home", "connection__partnership__partner__asset")
    found = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm(action, found):
        raise Http404("Your roles do not reach this home.")
    return found


def refused(request: HttpRequest, wish: Wish, words: str) -> HttpResponse:
    """Say why nothing was changed."""
    context = {"wish": wish, "home": wish.home, "words": words}
    return render(request, "wishes/refused.html", context, status=CONFLICT)
