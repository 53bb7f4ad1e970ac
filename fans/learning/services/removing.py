"""What was a slip is taken out, and brought back while it is there."""

from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from fans.learning.errors import TooLateError
from fans.learning.models import Action, Plan, Talk
from fans.learning.services.asking import hold, require
from fans.people.models import Person

Row = TypeVar("Row", Plan, Talk, Action)


@transaction.atomic
def remove(*, row: Row, by: Person) -> Row:
    """Take out a plan, a talk or an action: deleted after a while (docs/retention.md)."""
    require(by, row)
    held = hold(row)
    if held.removed_at is None:
        held.removed_at = timezone.now()
        held.save(update_fields=["removed_at"])
    return held


@transaction.atomic
def bring_back(*, row: Row, by: Person) -> Row:
    """Bring back what was taken out.

    Raises:
        TooLateError: it has been deleted since.
    """
    require(by, row)
    try:
        held = hold(row)
    except type(row).DoesNotExist as error:
        raise TooLateError("This was deleted for good.") from error
    held.removed_at = None
    held.save(update_fields=["removed_at"])
    return held
