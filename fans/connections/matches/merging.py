"""Matches of two records of one house that become one."""

from typing import Any, Final

from django.db.models import QuerySet

from fans.connections.matches.models import OPEN, Happening, Match, MatchStatus, Reason, Side
from fans.connections.matches.services.answering import over
from homes.models import Home

_FURTHEST_FIRST: Final = (
    *(MatchStatus.LIVE, MatchStatus.RESTING, MatchStatus.AGREED),
    *(MatchStatus.ASKED, MatchStatus.SUGGESTED),
)


def combine_homes(rows: QuerySet[Any], kept: Home) -> None:
    """Let the matches of the leaving home be of ``kept``.

    Where somebody has an open one with each, the one further along stays; the other is
    over, with all its steps.
    """
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        twin = Match.objects.filter(home=kept, volunteer=row.volunteer_id, status__in=OPEN)
        other = twin.first()
        if row.status in OPEN and other is not None:
            less = max(other, row, key=lambda each: _FURTHEST_FIRST.index(each.status))
            over(
                less, MatchStatus.DECLINED, Happening.DECLINED, Side.RULE, None,
                Reason.WITHDRAWN,
            )  # fmt: skip
            row.refresh_from_db()
        Match.objects.filter(pk=row.pk).update(home=kept)
