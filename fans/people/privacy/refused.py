"""An adult's no for somebody under 18: what is held goes at once, history and mail too."""

from typing import Any

from fans.people.audit.erasing import erasing
from fans.people.models import Person, Role
from fans.people.post.services import forget_address
from fans.people.privacy.forgetting import delete_with_history
from fans.people.volunteers.models import Guardian, Volunteer


def forget(sender: object, *, person: Person, guardian: Guardian, **kwargs: Any) -> None:
    """Delete the volunteer, and the person unless they hold a role for something else.

    Their name is not looked for in the notes of others, as an erasure does: whoever typed
    it is known to nobody, and could have any word taken out.
    """
    address, of_adult = person.email or "", guardian.email
    with erasing():
        if person.memberships.exclude(role=Role.VOLUNTEER).exists():
            delete_with_history(Volunteer.objects.filter(person_id=person.pk))
        else:
            forget_address(address, person=person)
            delete_with_history(Person.objects.filter(pk=person.pk))
    others = Guardian.objects.filter(email=of_adult)
    if not others.exists() and not Person.objects.filter(email=of_adult).exists():
        forget_address(of_adult)
