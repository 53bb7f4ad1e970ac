"""What a night brings: checks that are due anew, and homes that have closed."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from fans.connections.matches.models import (
    Happening,
    Match,
    MatchStatus,
    Reason,
    Side,
)
from fans.connections.matches.services.answering import over
from fans.connections.matches.services.manner import hold
from fans.connections.matches.services.standing import is_cleared, locked
from homes.models import Home


@dataclass(frozen=True)
class Night:
    """How many matches a night changed."""

    held: int
    ended: int


def look_at_all() -> Night:
    """Hold what no check lets be alone any more, and end matches of closed homes."""
    today = timezone.localdate()
    held = [row for row in Match.objects.lapsed(today).order_by("pk") if _hold(row)]
    closed = Match.objects.open().of_homes(Home.objects.closed()).order_by("pk")
    ended = [row for row in closed if _end(row)]
    return Night(held=len(held), ended=len(ended))


@transaction.atomic
def _hold(match: Match) -> bool:
    row = locked(match)
    lapsed = Match.objects.lapsed(timezone.localdate()).filter(pk=row.pk).exists()
    if not lapsed or is_cleared(row.volunteer, timezone.localdate()):
        return False
    hold(row, None)
    return True


@transaction.atomic
def _end(match: Match) -> bool:
    row = locked(match)
    if row.is_over or Home.objects.registered().filter(pk=row.home_id).exists():
        return False
    begun = row.status in (MatchStatus.LIVE, MatchStatus.RESTING)
    status = MatchStatus.ENDED if begun else MatchStatus.DECLINED
    what = Happening.ENDED if begun else Happening.DECLINED
    over(row, status, what, Side.RULE, None, Reason.CLOSED)
    return True
