"""What the page of one's account says of mail."""

from django import template

from fans.people.models import Person
from fans.people.post import receivers
from fans.people.post.models import Returned

register = template.Library()


@register.simple_tag
def mail_returned(person: Person) -> Returned | None:
    """Return since when mail to a person comes back, if it does."""
    return receivers.comes_back(person.email) if person.email else None
