"""Photos of a log entry: add them, look after them; and the photos, to whoever may see them."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assets.photos.errors import PhotoError
from assets.saying import say
from fans.connections.models import Connection
from fans.connections.pictures import services
from fans.connections.pictures.forms import AboutForm, PictureForm
from fans.connections.pictures.models import Picture
from fans.connections.views.access import UNPROCESSABLE, person_of
from homes.shown import shown_homes

SHOWN_FOR_S: Final = 3600
"""How long browsers keep a public photo: one of people may have to come off."""


@require_safe
def file(request: HttpRequest, pk: int, size: str) -> HttpResponse:
    """Hand out a photo: a public one to anybody, others to the home's own people."""
    picture = get_object_or_404(Picture.objects.select_related("connection__home"), pk=pk)
    is_public = Picture.objects.public().filter(pk=pk).exists() and _home_is_shown(picture)
    if not is_public and not _is_theirs(request, picture):
        raise Http404("No such photo.")
    stored = picture.file if size == "large" else picture.thumbnail
    etag = f'"log-{pk}-{size}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        try:
            with stored.open("rb") as opened:
                answer = HttpResponse(opened.read(), content_type="image/jpeg")
        except FileNotFoundError as error:
            raise Http404("The photo’s file is gone.") from error
    answer["ETag"] = etag
    answer["Cache-Control"] = (
        f"public, max-age={SHOWN_FOR_S}" if is_public else "private, no-store"
    )
    return answer


def _home_is_shown(picture: Picture) -> bool:
    home = picture.connection.home
    return shown_homes().filter(pk=home.pk).exists() and not services.is_small_home(home)


def _is_theirs(request: HttpRequest, picture: Picture) -> bool:
    """Say whether a photo that is not public is of a log that they look after."""
    return picture.removed_at is None and request.user.has_perm(services.KEEP, picture)


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, connection_id: int) -> HttpResponse:
    """Show the photos of a log entry, and take another."""
    rows = Connection.objects.standing().select_related("home", "partnership__partner__asset")
    connection = get_object_or_404(rows, pk=connection_id)
    if not request.user.has_perm(services.KEEP, connection):
        raise Http404("Your roles do not reach this home.")
    form = PictureForm(by=request.user)
    if request.method == "POST":
        too_large = getattr(request, "too_large", False)
        form = PictureForm(request.POST, request.FILES, by=request.user, too_large=too_large)
        if form.is_valid() and (picture := _added(request, form, connection)) is not None:
            undo_url = reverse("pictures:take_off", args=[picture.pk])
            words = "The photo is kept. Only your own team sees it."
            messages.success(request, words, extra_tags=f"undo:{undo_url}")
            return redirect("pictures:entry", connection_id=connection.pk)
        form.keep_for_later()
    context = {
        "connection": connection,
        "home": connection.home,
        "form": form,
        "pictures": connection.pictures.standing(),
        "most": services.MOST,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "pictures/entry.html", context, status=status)


def _added(request: HttpRequest, form: PictureForm, connection: Connection) -> Picture | None:
    try:
        return services.add_picture(
            connection=connection, by=person_of(request), **form.picture_details()
        )
    except (PhotoError, ValidationError) as error:
        say(form, error)
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a photo shows and whose permission is held, and who may see it."""
    one = _theirs(request, Picture.objects.standing(), pk)
    form = AboutForm(picture=one)
    if request.method == "POST":
        form = AboutForm(request.POST, picture=one)
        if form.is_valid() and _looked_after(request, form, one):
            return redirect("pictures:entry", connection_id=one.connection_id)
    context = {"picture": one, "form": form, "home": one.connection.home}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "pictures/picture.html", context, status=status)


def _theirs(request: HttpRequest, rows: Any, pk: int) -> Picture:
    found = rows.select_related("connection__home", "connection__partnership__partner__asset")
    one: Picture = get_object_or_404(found, pk=pk)
    if not request.user.has_perm(services.KEEP, one):
        raise Http404("Your roles do not reach this home.")
    return one


def _looked_after(request: HttpRequest, form: AboutForm, one: Picture) -> bool:
    by = person_of(request)
    try:
        one = services.describe_picture(picture=one, by=by, **form.said())
        if "share" not in request.POST:
            messages.success(request, "The photo is put right.")
            return True
        services.share_picture(picture=one, by=by)
    except (PhotoError, ValidationError) as error:
        say(form, error)
        return False
    undo_url = reverse("pictures:hide", args=[one.pk])
    words = "Anybody may see the photo now, on your home’s page."
    messages.success(request, words, extra_tags=f"undo:{undo_url}")
    return True


@require_POST
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Let only the home's own people see a photo."""
    one = services.hide_picture(
        picture=_theirs(request, Picture.objects.all(), pk), by=person_of(request)
    )
    messages.success(request, "Only your own team sees the photo.")
    return redirect("pictures:entry", connection_id=one.connection_id)


@require_POST
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a photo off, for good after ten minutes."""
    one = services.take_off(
        picture=_theirs(request, Picture.objects.all(), pk), by=person_of(request)
    )
    undo_url = reverse("pictures:put_back", args=[one.pk])
    words = "The photo is off. It is deleted tonight."
    messages.success(request, words, extra_tags=f"undo:{undo_url}")
    return redirect("pictures:entry", connection_id=one.connection_id)


@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back a photo that was taken off within the last ten minutes."""
    one = _theirs(request, Picture.objects.all(), pk)
    try:
        services.put_back(picture=one, by=person_of(request))
    except PhotoError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The photo is back. Only your own team sees it.")
    return redirect("pictures:entry", connection_id=one.connection_id)
