"""What went on in a home besides."""

import datetime as dt

from django.db import transaction

from fans.openness.models import ContextEvent
from fans.people.models import Person
from homes.models import Home


@transaction.atomic
def note_event(
    *,
    home: Home,
    kind: str,
    from_on: dt.date,
    until_on: dt.date | None = None,
    words: str = "",
    by: Person | None,
) -> ContextEvent:
    """Note what went on in a home for a time. It is shown beside figures and moves none.

    Raises:
        ValidationError: an unknown kind, days out of order, or something else unnamed.
    """
    event = ContextEvent(
        home=home, kind=kind, from_on=from_on, until_on=until_on, words=words, noted_by=by
    )
    event.full_clean()
    event.save()
    return event


@transaction.atomic
def take_back_event(*, event: ContextEvent, by: Person | None) -> None:
    """Take back what was noted; the record of changes keeps it. Again changes nothing."""
    ContextEvent.objects.filter(pk=event.pk).delete()
