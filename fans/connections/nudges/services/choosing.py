"""How often somebody is reminded by mail."""

from django.db import transaction
from django.utils import timezone

from fans.connections.nudges.models import Wanted
from fans.connections.nudges.weeks import How
from fans.people.models import Person


@transaction.atomic
def choose(*, by: Person, how: How, weekday: int) -> Wanted:
    """Note what somebody wants; it holds from now on, and the same again changes nothing."""
    Person.objects.select_for_update().get(pk=by.pk)  # two windows, one after the other
    held = Wanted.objects.filter(person=by).first() or Wanted(person=by)
    if held.pk and (held.how, held.weekday) == (how, weekday):
        return held
    held.how, held.weekday, held.chosen_at = how.value, weekday, timezone.now()
    held.full_clean()
    held.save()
    return held
