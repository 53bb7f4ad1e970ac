"""Which tie a page is about, and who may see it."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from fans.connections.models import Partnership

EDIT = "connections.edit_tie"


def tie_for(request: HttpRequest, pk: int, action: str) -> Partnership:
    """Return the tie asked for; its home decides who may, wherever the partner is.

    Raises:
        Http404: there is none with this id, or the roles held do not reach its home.
    """
    ties = Partnership.objects.select_related("home", "partner__asset", "created_by")
    tie = get_object_or_404(ties, pk=pk)
    if not request.user.has_perm(action, tie.home):
        raise Http404("Your roles do not reach this home.")
    return tie
