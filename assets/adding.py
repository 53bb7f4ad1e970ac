"""The page to add a place, and what it asks while somebody types."""

from typing import Final

from django.contrib import messages
from django.contrib.gis.db.models import Extent, GeometryField
from django.contrib.gis.geos import Point, Polygon
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_http_methods, require_safe

from assets import categories, services
from assets.cleaning import clean_text
from assets.duplicates import Alike, alike
from assets.errors import AssetError
from assets.forms import AddForm
from assets.landmarks import find_landmarks
from assets.models import Asset, AssetQuerySet, Visibility
from assets.photos.models import Photo
from assets.photos.services import add_photo
from assets.placing import read_point, read_view
from assets.saying import say
from assets.twins.services import tell_apart
from geo.models import Area
from geo.srid import WGS84

# What tells two places apart, beside the name and where it is.
_COMPARED: Final = ("category", "postcode", "address", "phone", "website")
# What may stand in an address: nothing that could be somebody's own.
_ASKED: Final = ("category", "postcode")
_SHORTEST: Final = 3
_LONGEST: Final = 200


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Show the form for a new place; save it, unless it may be one of those near it."""
    form = _form(request)
    near: list[Alike] = []
    if form.is_valid():
        found = _alike(request, form)
        others = form.dismissed()
        if "not_same" not in request.POST:
            near = [each for each in found if each.asset.pk not in others]
        asset = None if near else _saved(request, form, not_these=found)
        if asset is not None:
            return redirect(resolve_url(asset))
    if form.is_bound:
        form.keep_for_later()
    at = form.start_at or read_view(request.GET.get("at", ""))
    status = 409 if near else 400 if form.errors else 200
    context = {"form": form, "at": at, "near": near, "photo_optional": True}
    return render(request, "assets/add.html", context, status=status)


@require_safe
def alike_places(request: HttpRequest) -> HttpResponse:
    """Show what is like the place that somebody is typing, as a piece of the page.

    Names and kinds of places, a postcode and a point: nothing else is asked in an address.
    """
    name = clean_text(request.GET.get("name", ""))[:_LONGEST]
    point = read_point(request.GET.get("lon", ""), request.GET.get("lat", ""))
    found: list[Alike] = []
    if len(name) >= _SHORTEST:
        category, postcode = (clean_text(request.GET.get(key, ""))[:20] for key in _ASKED)
        found = alike(
            name=name,
            point=point,
            among=_visible(request),
            category=category,
            postcode=postcode,
        )
    photos = _first_photos(found)
    items = [
        {"found": each, "kind": _kind_of(each.asset), "photo": photos.get(each.asset.pk)}
        for each in found
    ]
    return render(request, "assets/parts/alike_live.html", {"items": items})


@require_safe
def near(request: HttpRequest) -> HttpResponse:
    """Answer with what words such as "near the library" may mean, the nearest first."""
    words = clean_text(request.GET.get("q", ""))[:_LONGEST]
    around = read_point(request.GET.get("lon", ""), request.GET.get("lat", ""))
    found = find_landmarks(words, around=around or _middle(request)) if words else []
    results = [
        {
            "name": each.name,
            "what": each.what,
            "lon": round(each.point.x, 6),
            "lat": round(each.point.y, 6),
            "distance_m": None if each.distance_m is None else round(each.distance_m),
        }
        for each in found
    ]
    return JsonResponse({"results": results})


def _form(request: HttpRequest) -> AddForm:
    if request.method != "POST":
        return AddForm(by=request.user)
    return AddForm(
        request.POST,
        request.FILES,
        by=request.user,
        too_large=getattr(request, "too_large", False),
        around=_middle(request) if request.POST.get("near") else None,
    )


def _middle(request: HttpRequest) -> Point | None:
    """Return the middle of the areas that somebody looks after; None where they have none."""
    reach = request.scopes("assets.view_draft")  # type: ignore[attr-defined]
    if not reach.area_ids:
        return None
    areas = Area.objects.filter(pk__in=reach.area_ids)
    box = areas.aggregate(box=Extent(Cast("boundary", GeometryField(srid=WGS84))))["box"]
    if not box:
        return None
    middle = Polygon.from_bbox(box).centroid
    return Point(middle.x, middle.y, srid=WGS84)


def _visible(request: HttpRequest) -> AssetQuerySet:
    reach = request.scopes("assets.view_draft")  # type: ignore[attr-defined]
    return Asset.objects.visible_to(
        everywhere=reach.everywhere, area_ids=reach.area_ids, added_by=request.user.pk
    )


def _alike(request: HttpRequest, form: AddForm) -> list[Alike]:
    return alike(
        name=form.cleaned_data["name"],
        point=form.placing.point if form.placing else None,
        among=_visible(request),
        but=form.cleaned_data["client_uuid"],
        **{key: form.cleaned_data.get(key, "") for key in _COMPARED},
    )


def _first_photos(found: list[Alike]) -> dict[int, Photo]:
    """Return the first photo that each place shows."""
    photos = Photo.objects.shown().filter(asset__in=[each.asset.pk for each in found])
    first: dict[int, Photo] = {}
    for photo in photos:
        first.setdefault(photo.asset_id, photo)
    return first


def _kind_of(asset: Asset) -> categories.Category:
    return categories.BY_SLUG[asset.category]


def _saved(request: HttpRequest, form: AddForm, *, not_these: list[Alike]) -> Asset | None:
    """Save the place with its photo, all or nothing, and that it is none of those like it."""
    try:
        with transaction.atomic():
            asset = services.add_asset(
                by=request.user, client_uuid=form.cleaned_data["client_uuid"], **form.details()
            )
            tell_apart(by=request.user, asset=asset, others=[each.asset for each in not_these])
            photo = _photo(request, form, asset)
    except (AssetError, ValidationError) as error:
        say(form, error)
        return None
    messages.success(request, _words(asset, photo))
    return asset


def _photo(request: HttpRequest, form: AddForm, asset: Asset) -> Photo | None:
    if form.picture is None:
        return None
    return add_photo(asset=asset, by=request.user, **form.photo_details())


def _words(asset: Asset, photo: Photo | None) -> str:
    if asset.visibility != Visibility.PUBLISHED:
        return f"Saved. {asset.name} waits for a champion before others see it."
    if photo is not None and not photo.alt:
        return f"{asset.name} is on the map. Its photo waits for words on what is to be seen."
    return f"{asset.name} is on the map."
