"""Words for what volunteers chose from lists."""

from collections.abc import Iterable

from django import template
from django.utils import timezone

from fans.people.consent.wordings import purpose_named
from fans.people.volunteers.lists import INTERESTS, LANGUAGES, TIMES
from fans.people.volunteers.models import Travel
from fans.people.volunteers.roles import VolunteerRole

register = template.Library()
MINUTES_AN_HOUR = 60


@register.filter
def interest_words(slugs: Iterable[str]) -> str:
    """Name interests, in the list's order."""
    return ", ".join(one.label for one in INTERESTS.values() if one.slug in set(slugs))


@register.filter
def language_words(codes: Iterable[str]) -> str:
    """Name languages, in the list's order."""
    return ", ".join(label for code, label in LANGUAGES.items() if code in set(codes))


@register.filter
def time_words(times: Iterable[str]) -> str:
    """Name parts of the week, Monday first."""
    return ", ".join(label for time, label in TIMES.items() if time in set(times))


@register.filter
def travel_words(metres: int) -> str:
    """Say how far somebody would go."""
    return str(Travel(metres).label)


@register.filter
def wording(purpose: str) -> str:
    """Return what somebody agrees to for a purpose, as it is asked today."""
    version = purpose_named(purpose).on(timezone.localdate())
    return version.text if version else ""


@register.filter
def hours(minutes: int | None) -> str:
    """Say minutes as hours: "45 minutes", "1 hour", "2 hours 15 minutes"."""
    whole, rest = divmod(minutes or 0, MINUTES_AN_HOUR)
    parts = []
    if whole:
        parts.append(f"{whole} hour{'' if whole == 1 else 's'}")
    if rest or not whole:
        parts.append(f"{rest} minutes")
    return " ".join(parts)


@register.filter
def role_named(roles: dict[str, VolunteerRole], slug: str) -> VolunteerRole | None:
    """Find a role by its slug; none where none is chosen."""
    return roles.get(slug)
