"""Who may do something to an object: for handing work to somebody else."""

from collections.abc import Iterable

from django.utils import timezone

from fans.people.models import Membership, Person
from fans.people.permissions import covers, scope_of
from fans.people.table import ACTIONS


def who_may(action: str, about: object) -> Iterable[Person]:
    """Return everybody with an account who may do ``action`` to ``about`` today."""
    roles = ACTIONS[action].roles
    held = Membership.objects.on(timezone.localdate()).filter(
        role__in=roles, person__is_active=True
    )
    scope = scope_of(about)
    found = {m.person for m in held.select_related("person") if covers(m, scope)}
    return [person for person in found if person.email]
