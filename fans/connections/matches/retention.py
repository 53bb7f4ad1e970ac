"""How long matches that are over are kept."""

import datetime as dt
from typing import Final

from django.db.models import QuerySet

from fans.connections.matches.models import OVER, Match
from fans.people.privacy.retention import RowsRule, end_of, register


def over(last: dt.date) -> QuerySet[Match]:
    """Return matches that ended, or did not come about."""
    return Match.objects.filter(status__in=OVER, changed_at__lt=end_of(last))


def register_rules() -> None:
    """Add the rule of this part; again changes nothing."""
    register(_OVER)


_OVER: Final = RowsRule(
    slug="matches_over",
    label="Matches of volunteers and homes that ended or did not come about",
    why="Whoever said no shall not be asked again at once; a hand-over may look back.",
    setting="MATCHES_OVER_MONTHS",
    done="Deleted, with their steps and their history; the hours that were given stay.",
    rows=over,
    dated_by="changed_at",
)
