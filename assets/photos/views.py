"""Pages to add a photo and to decide about it; and the photos, to those who may see them."""

import re
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assets.errors import AssetError
from assets.models import Asset
from assets.photos import services
from assets.photos.forms import DecideForm, PhotoForm
from assets.photos.models import UNDO_WITHIN, Photo, PhotoQuerySet, PhotoState
from assets.saying import say
from geo.models import Area

PER_PAGE: Final = 10
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
KEPT_FOR_S: Final = 7 * 24 * 3600
KEPT_WITH_PEOPLE_FOR_S: Final = 3600
"""How long browsers keep a public photo: one of people may have to come off."""


@require_safe
def file(request: HttpRequest, pk: int, size: str) -> HttpResponse:
    """Hand out a photo: a public one to anybody, others to whoever may see them."""
    photo = get_object_or_404(Photo.objects.select_related("asset"), pk=pk)
    is_public = Photo.objects.public().filter(pk=pk).exists()
    if not is_public and not _may_see(request, photo):
        raise Http404("No such photo.")
    stored = photo.file if size == "large" else photo.thumbnail
    etag = f'"{pk}-{size}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        try:
            with stored.open("rb") as opened:
                answer = HttpResponse(opened.read(), content_type="image/jpeg")
        except FileNotFoundError as error:
            raise Http404("The photo’s file is gone.") from error
    answer["ETag"] = etag
    answer["Cache-Control"] = _how_long(photo) if is_public else "private, no-store"
    return answer


def _how_long(photo: Photo) -> str:
    seconds = KEPT_WITH_PEOPLE_FOR_S if photo.shows_people else KEPT_FOR_S
    return f"public, max-age={seconds}"


def _may_see(request: HttpRequest, photo: Photo) -> bool:
    """Say whether a photo that is not public is theirs, or theirs to decide about."""
    user: Any = request.user
    if photo.by_id is not None and photo.by_id == user.pk:
        return True
    if user.has_perm("photos.publish", photo):
        return True
    is_shown = photo.state == PhotoState.PUBLIC and not photo.has_lapsed
    return is_shown and _visible(request).filter(pk=photo.asset_id).exists()


def _visible(request: HttpRequest) -> Any:
    reach = request.scopes("assets.view_draft")  # type: ignore[attr-defined]
    return Asset.objects.visible_to(
        everywhere=reach.everywhere, area_ids=reach.area_ids, added_by=request.user.pk
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Show the form for a photo of a place, which ``place`` names; take it."""
    asset = _named(request)
    if asset is None:
        messages.info(request, "Choose the place first. Its page has “Add a photo”.")
        return redirect("frontend:map")
    form = PhotoForm(by=request.user)
    if request.method == "POST":
        too_large = getattr(request, "too_large", False)
        form = PhotoForm(request.POST, request.FILES, by=request.user, too_large=too_large)
        if form.is_valid() and (photo := _added(request, form, asset)) is not None:
            _say_added(request, photo)
            return redirect(resolve_url(asset) + "#photos")
        form.keep_for_later()
    context = {"form": form, "asset": asset}
    return render(request, "photos/add.html", context, status=400 if form.errors else 200)


def _named(request: HttpRequest) -> Asset | None:
    """Return the place that is asked for; None where none is.

    Raises:
        Http404: there is none that this person may see.
    """
    asked = request.POST.get("place") or request.GET.get("place", "")
    if not asked:
        return None
    user: Any = request.user
    asset = Asset.objects.filter(pk=asked).first() if _NUMBER.fullmatch(asked) else None
    if asset is not None and (
        _visible(request).filter(pk=asset.pk).exists() or user.has_perm("assets.edit", asset)
    ):
        return asset
    raise Http404("No such place.")


def _added(request: HttpRequest, form: PhotoForm, asset: Asset) -> Photo | None:
    try:
        return services.add_photo(asset=asset, by=request.user, **form.photo_details())
    except (AssetError, ValidationError) as error:
        say(form, error)
        return None


def _say_added(request: HttpRequest, photo: Photo) -> None:
    words = {
        PhotoState.PUBLIC: "Your photo is on the page.",
        PhotoState.PENDING: "Thank you. A champion looks at your photo before others see it.",
    }
    if photo.state in words:
        messages.success(request, words[PhotoState(photo.state)])


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List the photos that wait for a champion, the longest waiting first."""
    mine = _in_reach(request)
    areas = _areas(request, mine)
    chosen = next((area for area in areas if str(area.pk) == request.GET.get("area")), None)
    photos = mine
    if chosen is not None:
        photos = mine.in_reach(everywhere=False, area_ids=[chosen.pk])
    photos = photos.waiting().select_related("asset")
    page = Paginator(photos, PER_PAGE).get_page(request.GET.get("page"))
    just_decided = mine.filter(
        decided_by=request.user.pk, decided_at__gte=timezone.now() - UNDO_WITHIN
    )
    context = {
        "page": page,
        "items": [(each, DecideForm(photo=each)) for each in page],
        "areas": areas,
        "chosen": chosen,
        "just_decided": just_decided.select_related("asset").order_by("-decided_at"),
    }
    return render(request, "photos/waiting.html", context)


def _in_reach(request: HttpRequest) -> PhotoQuerySet:
    return Photo.objects.inside(request.scopes("photos.publish"))  # type: ignore[attr-defined]


def _areas(request: HttpRequest, mine: PhotoQuerySet) -> list[Area]:
    """Return the areas of somebody who has several, with how many photos wait in each."""
    reach = request.scopes("photos.publish")  # type: ignore[attr-defined]
    areas = list(Area.objects.filter(pk__in=reach.area_ids).order_by("name"))
    if len(areas) < 2:
        return []
    for area in areas:
        here = mine.in_reach(everywhere=False, area_ids=[area.pk])
        area.waiting_count = here.waiting().count()  # type: ignore[attr-defined]
    return areas


@require_http_methods(["GET", "HEAD", "POST"])
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one photo to a champion; do what they decide."""
    one = get_object_or_404(_in_reach(request).select_related("asset"), pk=pk)
    form = DecideForm(request.POST if request.method == "POST" else None, photo=one)
    if form.is_valid() and (words := _decided(request, form, one)):
        messages.success(request, words)
        to_place = request.POST.get("back") == "place"
        return redirect(f"{resolve_url(one.asset)}#photos" if to_place else "photos:waiting")
    context = {"photo": one, "form": form}
    return render(request, "photos/photo.html", context, status=400 if form.errors else 200)


def _decided(request: HttpRequest, form: DecideForm, one: Photo) -> str:
    """Do what the button says; return words about it, "" where it was refused."""
    said, by = form.cleaned_data, request.user
    try:
        if "refuse" in request.POST:
            services.refuse_photo(by=by, photo=one, reason=said["reason"])
            return "The photo is not shown."
        services.publish_photo(
            by=by,
            photo=one,
            alt=said["alt"],
            shows_people=said["shows_people"],
            permission_until=said["permission_until"],
        )
    except (AssetError, ValidationError) as error:
        say(form, error)
        return ""
    return "The photo is on the page of the place."


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a photo wait again that somebody has just decided about."""
    one = get_object_or_404(_in_reach(request), pk=pk)
    try:
        services.undo_decision(by=request.user, photo=one)
    except AssetError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Undone: the photo waits again.")
    return redirect("photos:waiting")


@require_POST
def first(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a photo before the others of its place."""
    one = get_object_or_404(_in_reach(request).select_related("asset"), pk=pk)
    services.show_first(by=request.user, photo=one)
    return redirect(resolve_url(one.asset) + "#photos")


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a photo, for whoever added it."""
    one = get_object_or_404(Photo.objects.filter(by=request.user.pk), pk=pk)
    place = resolve_url(one.asset)
    services.delete_photo(by=request.user, photo=one)
    messages.success(request, "Your photo is gone.")
    return redirect(f"{place}#photos")
