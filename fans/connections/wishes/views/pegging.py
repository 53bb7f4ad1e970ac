"""Peg up a wish, put it in better words, take it back as a slip."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from fans.connections.errors import ConnectionsError
from fans.connections.views.access import UNPROCESSABLE, home_for, person_of
from fans.connections.wishes import services
from fans.connections.wishes.errors import NotOpenError, TooLateError
from fans.connections.wishes.forms import WishForm, refuse
from fans.connections.wishes.models import Wish
from fans.connections.wishes.tags import TAGS
from fans.connections.wishes.views.access import refused, wish_for
from homes.models import Home

WORDS_OF_TAGS = {slug: tag.words for slug, tag in TAGS.items()}


@require_http_methods(["GET", "HEAD", "POST"])
def peg(request: HttpRequest, home_id: int) -> HttpResponse:
    """Ask for a wish; keep it."""
    home = home_for(request, home_id, "wishes.peg")
    form = WishForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = services.peg(by=person_of(request), home=home, **form.said())
        except (ConnectionsError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            return _pegged(request, made)
    context = {
        "home": home,
        "form": form,
        "words_of_tags": WORDS_OF_TAGS,
        "may_view": request.user.has_perm("wishes.view", home),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "wishes/peg.html", context, status=status)


def _pegged(request: HttpRequest, wish: Wish) -> HttpResponse:
    about = ", ".join(wish.tag_labels)
    words = f"Pegged up. It is about: {about}." if about else "Pegged up."
    undo_url = reverse("wishes:take_back", args=[wish.pk])
    messages.success(request, words, extra_tags=f"undo:{undo_url}")
    return _back(request, wish.home)


def _back(request: HttpRequest, home: Home) -> HttpResponse:
    """Lead to the board, or whoever may not see it to the next wish."""
    to = "wishes:board" if request.user.has_perm("wishes.view", home) else "wishes:peg"
    return redirect(to, home_id=home.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an open wish in better words."""
    wish = wish_for(request, pk, "wishes.keep")
    if not wish.is_open:
        return refused(request, wish, "This wish is off the line already.")
    form = WishForm(request.POST if request.method == "POST" else None, wish=wish)
    if form.is_valid():
        try:
            services.change(by=person_of(request), wish=wish, **form.said())
        except NotOpenError as refusal:
            return refused(request, wish, str(refusal))
        except (ConnectionsError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Changed.")
            return redirect("wishes:wish", pk=pk)
    context = {"home": wish.home, "wish": wish, "form": form, "words_of_tags": WORDS_OF_TAGS}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "wishes/edit.html", context, status=status)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a wish off that was pegged up in the last ten minutes."""
    wish = get_object_or_404(Wish.objects.select_related("home"), pk=pk)
    if not request.user.has_perm("wishes.peg", wish):
        raise Http404("Your roles do not reach this home.")
    try:
        services.take_back(wish=wish, by=person_of(request))
    except PermissionDenied as refusal:
        raise Http404("This wish is somebody else's.") from refusal
    except TooLateError as refusal:
        return refused(request, wish, str(refusal))
    messages.success(request, "Taken off the line.")
    return _back(request, wish.home)
