"""Addresses that a phone sends its places and photos to, one by one and perhaps twice.

Errors are problem details (RFC 9457), as everywhere that scripts ask.
"""

from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from assets import categories
from assets.duplicates import Alike, alike
from assets.errors import AssetError
from assets.models import Asset, Visibility
from assets.outbox import items
from assets.photos.services import add_photo
from assets.standing import stands_for
from assets.twins.services import tell_apart

PLACE_BYTES: Final = 16 * 2**10
"""Far more than a walk-round can note of one place."""

_OVERHEAD: Final = 2**16
"""Bytes that a form may have beside its photo."""


class TooLarge(exceptions.APIException):
    """More was sent than is taken."""

    status_code = 413
    default_detail = "This is more than we take."


class OutboxThrottle(UserRateThrottle):
    """A whole day's walk at once is welcome; a script without end is not."""

    scope = "outbox"
    rate = "240/min"


class PlaceParser(JSONParser):
    """Reads JSON; what is nested without end is no place either."""

    def parse(self, stream: Any, *args: Any, **kwargs: Any) -> Any:
        """Read the body, or refuse it."""
        try:
            return super().parse(stream, *args, **kwargs)
        except RecursionError as error:
            raise exceptions.ParseError("This cannot be read as JSON.") from error


class OutboxView(APIView):
    """What both addresses have in common."""

    throttle_classes = [OutboxThrottle]
    most_bytes = PLACE_BYTES

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse what is too large before it is read."""
        super().initial(request, *args, **kwargs)
        if int(request.META.get("CONTENT_LENGTH") or 0) > self.most_bytes:
            raise TooLarge

    def finalize_response(self, *args: Any, **kwargs: Any) -> Response:
        """Keep what is one person's out of every cache."""
        response: Response = super().finalize_response(*args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response


@extend_schema(exclude=True)
class Places(OutboxView):
    """Whose outbox it is, and where its places go."""

    parser_classes = [PlaceParser]

    def get(self, request: Request) -> Response:
        """Say under which mark the phone keeps things, and give a token to send with."""
        key = items.person_key(request.user)
        return Response({"person": key, "csrf": get_token(request._request)})

    def post(self, request: Request) -> Response:
        """Take one place: 201 as new, 200 if it was here, 409 if it may be another's."""
        sent = _read(request.data)
        form = items.form_of(sent)
        valid = form.is_valid()
        if "client_uuid" in form.errors:
            raise exceptions.ValidationError({"id": ["Put the place's own id, a UUID."]})
        before = items.sent_before(
            by=request.user, client_uuid=form.cleaned_data["client_uuid"]
        )
        if before is not None:
            return Response(_told(before, items.differences(before, form) if valid else []))
        if not valid:
            said = {
                name: [str(each) for each in errors] for name, errors in form.errors.items()
            }
            raise exceptions.ValidationError(said)
        near = _alike(request, form)
        if near and not sent.get("not_same"):
            return _is_it_one_of(near)
        return Response(_told(_saved(request, form, not_these=near)), status=201)


@extend_schema(exclude=True)
class Photos(OutboxView):
    """Where photos go, each once its place has arrived."""

    parser_classes = [MultiPartParser]
    most_bytes = settings.PHOTO_LIMITS["bytes"] + _OVERHEAD

    def post(self, request: Request) -> Response:
        """Take one photo of a place that this person has sent."""
        said: Any = request.data
        photo_id, place_id = _uuid(said, "id"), _uuid(said, "item")
        asset = items.sent_before(by=request.user, client_uuid=place_id)
        if asset is None:
            raise exceptions.NotFound
        file = request.FILES.get("file")
        if file is None:
            raise exceptions.ValidationError({"file": ["There is no photo in it."]})
        try:
            photo = add_photo(
                asset=Asset.objects.get(pk=stands_for(asset.pk)),
                by=request.user,
                file=file,
                alt=str(said.get("alt", "")),
                client_uuid=photo_id,
                shows_people=said.get("shows_people") == "yes",
            )
        except AssetError as error:
            raise exceptions.ValidationError({error.field or "file": [str(error)]}) from error
        return Response({"id": photo.pk})


def _read(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise exceptions.ValidationError({"id": ["Send one place, as a JSON object."]})
    if unknown := sorted(data.keys() - items.KNOWN):
        known = ", ".join(sorted(items.KNOWN))
        said = f"Only these are taken here: {known}."
        raise exceptions.ValidationError({name: [said] for name in unknown})
    if data.get("category") in categories.UNLOCATED:
        said = "Only what has a place is noted on a walk. Add this on the page to add a place."
        raise exceptions.ValidationError({"category": [said]})
    return data


def _uuid(said: Any, name: str) -> UUID:
    try:
        return UUID(str(said.get(name, "")))
    except ValueError as error:
        raise exceptions.ValidationError({name: ["Put a UUID."]}) from error


def _alike(request: Request, form: items.WalkForm) -> list[Alike]:
    reach = request.scopes("assets.view_draft")  # type: ignore[attr-defined]
    among = Asset.objects.visible_to(
        everywhere=reach.everywhere, area_ids=reach.area_ids, added_by=request.user.pk
    )
    return alike(
        name=form.cleaned_data["name"],
        point=form.placing.point if form.placing else None,
        among=among,
        category=form.cleaned_data["category"],
        postcode=form.cleaned_data["postcode"],
    )


def _saved(request: Request, form: items.WalkForm, *, not_these: list[Alike]) -> Asset:
    """Save the place, and that it is none of those like it, which its sender was shown."""
    try:
        with transaction.atomic():
            asset = items.save(by=request.user, form=form)
            tell_apart(by=request.user, asset=asset, others=[each.asset for each in not_these])
            return asset
    except AssetError as error:
        raise exceptions.ValidationError({error.field or "id": [str(error)]}) from error
    except ValidationError as error:
        raise exceptions.ValidationError(error.message_dict) from error


def _told(asset: Asset, differs: list[str] | None = None) -> dict[str, Any]:
    return {
        "id": asset.pk,
        "url": resolve_url(asset),
        "published": asset.visibility == Visibility.PUBLISHED,
        "differs": differs or [],
    }


def _is_it_one_of(near: list[Alike]) -> Response:
    body = {
        "type": "about:blank",
        "title": "Is it one of these?",
        "status": 409,
        "detail": "Nothing is saved yet: there is something like it close by.",
        "alike": [
            {
                "name": found.asset.name,
                "url": resolve_url(found.asset),
                "why": found.why,
            }
            for found in near
        ],
    }
    return Response(body, status=409, content_type="application/problem+json")
