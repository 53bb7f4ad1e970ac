"""Who may do something to an object: for handing work to somebody else."""

from collections.abc import Iterable

from django.utils import timezone

from fans.people.models import UNSCOPED_ROLES, Membership, Person
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


def neighbours_who_may(action: str, about: object) -> Iterable[Person]:
    """Return those of them whose role is for an area or place: not who runs the site."""
    today = timezone.localdate()
    scoped = Membership.objects.on(today).exclude(role__in=UNSCOPED_ROLES)
    near = set(scoped.filter(role__in=ACTIONS[action].roles).values_list("person", flat=True))
    return [person for person in who_may(action, about) if person.pk in near]
