"""Finds people by what they wrote in a request, with an account or without."""

from typing import Final

from django.db.models import Q

from fans.people.models import Person

MOST_FOUND: Final = 20


def people_like(words: str) -> list[Person]:
    """Return people with these words in their name, or at this address."""
    words = words.strip()
    if not words:
        return []
    wanted = Q(email__iexact=words)
    if "@" not in words:
        wanted |= Q(name__icontains=words)
    return list(Person.objects.filter(wanted).order_by("name", "pk")[:MOST_FOUND])
