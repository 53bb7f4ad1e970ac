"""Whose numbers a page shows: those of the council where its home or place is."""

from typing import Any

from django.contrib.gis.geos import Point

from fans.people.safeguarding.models import Contact
from geo.geocoding import locate
from geo.postcodes import parse_postcode


def contact_for(subject: Any) -> Contact | None:
    """Return the contact of the area that a home or a place lies in, if one is known.

    A small home counts from the middle of the cell it is shown by (``shown_at``): the
    numbers tell no more of where it is than its page does. Without an area, the home's
    council counts by its name.
    """
    point = getattr(subject, "shown_at", getattr(subject, "location", None))
    at = point if isinstance(point, Point) else None
    council = getattr(subject, "local_authority", "")
    return Contact.objects.responsible(at=at, council=council).first()


def contacts_called(words: str) -> list[Contact]:
    """Return whom words mean: the council of a postcode, or councils of that name."""
    if parse_postcode(words, mend=True):
        at = locate(words)
        return list(Contact.objects.responsible(at=at.point)[:1]) if at else []
    return list(Contact.objects.called(words)) if words.strip() else []
