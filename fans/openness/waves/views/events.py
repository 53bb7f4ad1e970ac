"""What went on in a home besides: noted, and taken back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from fans.connections.views.access import home_for, person_of
from fans.openness.models import ContextEvent
from fans.openness.waves import services
from fans.openness.waves.forms import EventForm
from fans.openness.waves.views.home import page

NOTE = "waves.note"


@require_POST
def note(request: HttpRequest, home_id: int) -> HttpResponse:
    """Note what went on."""
    home = home_for(request, home_id, NOTE)
    form = EventForm(request.POST)
    if not form.is_valid():
        return page(request, home, event_form=form)
    event = services.note_event(home=home, by=person_of(request), **form.said())
    undo = reverse("waves:take_back", args=[event.pk])
    messages.success(request, "Noted. No figure moves by it.", extra_tags=f"undo:{undo}")
    return redirect("waves:home", home_id=home.pk)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was noted."""
    event = get_object_or_404(ContextEvent.objects.select_related("home"), pk=pk)
    if not request.user.has_perm(NOTE, event):
        raise Http404("Your roles do not reach this home.")
    services.take_back_event(event=event, by=person_of(request))
    messages.success(request, "Taken back.")
    return redirect("waves:home", home_id=event.home_id)
