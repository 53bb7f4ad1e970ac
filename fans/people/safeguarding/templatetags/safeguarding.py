"""The lines "Worried about someone?" at the foot of every page."""

from typing import Any, Final

from django import template
from django.template import Context

from fans.people.safeguarding.models import Contact
from fans.people.safeguarding.whom import contact_for

register = template.Library()
SUBJECTS: Final = ("home", "asset")
"""What a page may be about, by its name in the page's context."""


@register.simple_tag(takes_context=True)
def whom_to_call(context: Context) -> Contact | None:
    """Return the contact of the area that the page's home or place lies in."""
    if "worried_contact" in context:  # a page may have looked it up itself
        found: Contact | None = context["worried_contact"]
        return found
    subjects: list[Any] = [context[name] for name in SUBJECTS if context.get(name)]
    return contact_for(subjects[0]) if subjects else None
