"""Whose consent somebody may record for them: within their own reach."""

from typing import Final

from fans.people.giving import looks_after
from fans.people.models import Person
from fans.people.permissions import reach_of

RECORD: Final = "consent.record"


def may_record_for(by: Person, person: Person) -> bool:
    """Say whether ``by`` may record what ``person`` agrees to."""
    reach = reach_of(by, RECORD)
    return reach.everywhere or (bool(reach) and looks_after(by, person))
