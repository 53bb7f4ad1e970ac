"""Where somebody is asked anew."""

from typing import Any

from django import template

from fans.people.consent.services import outstanding

register = template.Library()


@register.inclusion_tag("consent/parts/asked_anew.html")
def asked_anew(user: Any) -> dict[str, Any]:
    """Say which of one's own yeses are to an earlier wording; nothing where none is."""
    return {"asked_anew": outstanding(user) if user.is_authenticated else []}
