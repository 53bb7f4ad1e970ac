"""A place's photos, inside its page."""

from typing import Any

from django import template
from django.template.context import RequestContext

from assets.models import Asset
from assets.photos.forms import PhotoForm
from assets.photos.models import Photo, PhotoState

register = template.Library()


@register.inclusion_tag("photos/of_place.html", takes_context=True)
def photos_of(context: RequestContext, asset: Asset) -> dict[str, Any]:
    """Show a place's photos, somebody's own that wait, and the form for one more.

    One query; what is shown on a draft's page is for those who may see that page.
    """
    user = context["request"].user
    photos = list(Photo.objects.filter(asset=asset))
    may_add = user.has_perm("photos.add")
    may_decide = user.has_perm("photos.publish") and user.has_perm("photos.publish", asset)
    return {
        "asset": asset,
        "photos": [each for each in photos if _is_shown(each)],
        "mine": [
            each
            for each in photos
            if each.by_id == user.pk and user.pk and each.state != PhotoState.PUBLIC
        ],
        "waiting_count": sum(each.state == PhotoState.PENDING for each in photos)
        if may_decide
        else 0,
        "may_decide": may_decide,
        "form": PhotoForm(by=user) if may_add else None,
        "csrf_token": context.get("csrf_token"),
    }


def _is_shown(photo: Photo) -> bool:
    return photo.state == PhotoState.PUBLIC and not photo.has_lapsed
