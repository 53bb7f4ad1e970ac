"""Putting reminders off, closing them, bringing them back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from fans.connections.nudges.errors import NotOnYourListError
from fans.connections.nudges.forms import AsideForm
from fans.connections.nudges.models import Aside
from fans.connections.nudges.services import bring_back, set_aside
from fans.connections.views.access import person_of

KEPT = ("home", "kind", "page")


@require_POST
def put_aside(request: HttpRequest) -> HttpResponse:
    """Put one reminder off, or close it, and go back to the same part of the list."""
    form = AsideForm(request.POST)
    if not form.is_valid():
        first = next(iter(form.errors.values()))[0]
        messages.error(request, f"Nothing was changed. {first}")
        return _list(request)
    try:
        row = set_aside(
            by=person_of(request),
            kind=form.cleaned_data["kind"],
            thing_id=form.cleaned_data["thing"],
            word=form.word_said,
            today=timezone.localdate(),
        )
    except NotOnYourListError as error:
        messages.error(request, str(error))
        return _list(request)
    undo = reverse("nudges:back", args=[row.pk])
    messages.success(request, _told(row), extra_tags=f"undo:{undo}")
    return _list(request)


@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a reminder stand on the list again."""
    try:
        bring_back(by=person_of(request), pk=pk)
    except NotOnYourListError as error:
        raise Http404(str(error)) from error
    messages.success(request, "It stands on your list again.")
    return redirect("nudges:work")


def _told(row: Aside) -> str:
    if row.until is None:
        return "Closed. It comes back only if something new comes of it."
    return f"Put off until {row.until:%-d %B}."


def _list(request: HttpRequest) -> HttpResponseRedirect:
    """Go to the part of the list that somebody looked at: filters, and nothing else."""
    query = QueryDict(mutable=True)
    for name in KEPT:
        if value := request.POST.get(f"on_{name}", "")[:40]:
            query[name] = value
    url = reverse("nudges:work")
    return HttpResponseRedirect(f"{url}?{query.urlencode()}" if query else url)
