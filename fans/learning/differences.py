"""Where groups answered far apart, for the signs that a plan is about."""

from collections.abc import Collection

from fans.openness.picture import Difference
from fans.openness.reports import overview_of
from homes.models import Home


def differences_of(home: Home, signs: Collection[str]) -> list[Difference]:
    """Return the differences that the home's own view of its openness shows, of these signs.

    What too few people answered is not among them: see ``fans.openness.few_answers``.
    """
    if not signs:
        return []
    return [each for each in overview_of(home).current.differences if each.sign.id in signs]
