"""Where groups answered far apart, for the signs that a plan is about."""

from collections.abc import Collection
from typing import Any

from fans.openness.reports import overview_of
from fans.people.models import Person
from homes.models import Home


def differences_of(home: Home, signs: Collection[str], *, person: Person) -> list[Any]:
    """Return the differences in the home's openness, of these signs, that a person may see.

    Of the latest wave that is closed. What too few people answered is not among them, nor
    what the home keeps to itself: a plan is no way round either (``fans.openness.reports``).
    """
    if not signs or not person.has_perm("openness.view_score", home):
        return []
    pictures = overview_of(home, person=person).pictures
    closed = [picture for picture in pictures if not picture.is_open]
    return [each for each in closed[-1].differences if each.sign.id in signs] if closed else []
