"""Which mail somebody who is signed in wants."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fans.people.models import Person
from fans.people.post import receivers
from fans.people.post.forms import WantedForm


@require_http_methods(["GET", "HEAD", "POST"])
def wanted(request: HttpRequest) -> HttpResponse:
    """Choose kinds of mail; say that a mailbox works again."""
    person = cast(Person, request.user)
    if request.method == "POST" and "works_again" in request.POST:
        receivers.forgive(person.email or "")
        messages.success(request, "We write to this address again.")
        return redirect("post:wanted")
    form = WantedForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_valid():
        receivers.choose(person=person, wanted=form.wanted())
        messages.success(request, "Saved. This holds from the next mail on.")
        return redirect("people:account")
    context = {"form": form, "returned": receivers.comes_back(person.email or "")}
    return render(request, "post/wanted.html", context)
