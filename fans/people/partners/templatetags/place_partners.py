"""How a place stands with its own people, for the pages of other rooms."""

from typing import Any

from django import template

from assets.models import Asset
from fans.people.partners.reports import standing_of
from fans.people.post import receivers

register = template.Library()


@register.simple_tag(takes_context=True)
def own_people_of(context: Any, asset: Asset) -> dict[str, Any]:
    """Return whether a place keeps itself right, and what the visitor may do about it."""
    user = context["request"].user
    may_publish = user.has_perm("assets.publish", asset)
    approval = None
    if may_publish and asset.email:
        approval = receivers.approval_of(asset, asset.email)
    return {
        "standing": standing_of(asset, person_id=user.pk),
        "may_publish": may_publish,
        "approval": approval,
    }
