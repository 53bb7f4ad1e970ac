"""How often somebody is reminded by mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fans.connections.nudges.forms import WantedForm
from fans.connections.nudges.models import Wanted
from fans.connections.nudges.services import choose
from fans.connections.views.access import UNPROCESSABLE, person_of
from fans.people.post import receivers
from fans.people.post.models import Kind


@require_http_methods(["GET", "HEAD", "POST"])
def wanted(request: HttpRequest) -> HttpResponse:
    """Choose once a week and the day, each day that brings something new, or not at all."""
    person = person_of(request)
    held = Wanted.objects.filter(person=person).first() or Wanted(person=person)
    first = {"how": held.how, "weekday": held.weekday}
    form = WantedForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        choose(by=person, how=form.how_said, weekday=form.cleaned_data["weekday"])
        messages.success(request, "Saved. This holds from the next mail on.")
        return redirect("nudges:wanted")
    stopped = receivers.why_not(Kind.PROGRAMME, person.email or "")
    context = {"form": form, "stopped": stopped}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "nudges/wanted.html", context, status=status)
