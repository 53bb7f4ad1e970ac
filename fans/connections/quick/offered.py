"""Whom a sheet's form offers: it hangs on a wall, where a visitor may scan it too."""

import datetime as dt
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from assets.models import OpenState, Visibility
from fans.connections.models import (
    OVER,
    Connection,
    PartnerKind,
    Partnership,
    PartnershipStatus,
)
from homes.models import Home

_SHOWN: Final = (PartnerKind.ASSET, PartnerKind.GROUP)
_AGREED: Final = (
    PartnershipStatus.AGREED,
    PartnershipStatus.ACTIVE,
    PartnershipStatus.QUIET,
)
_USUAL: Final = dt.timedelta(days=366)
MOST: Final = 30


def offered_ties(home: Home) -> QuerySet[Partnership]:
    """Return the home's usual ties with groups and with places that are on the map.

    Never a private person, a resident's family or a place that waits; never a mere idea,
    or a tie that is over.
    """
    lately = Connection.objects.standing().filter(
        partnership=OuterRef("pk"), happened_on__gte=timezone.localdate() - _USUAL
    )
    on_the_map = Q(
        partner__asset__visibility=Visibility.PUBLISHED, partner__asset__state=OpenState.OPEN
    )
    ties = home.partnerships.filter(
        Q(status__in=_AGREED) | Exists(lately),
        on_the_map | Q(partner__asset__isnull=True),
        partner__kind__in=_SHOWN,
    )
    return ties.exclude(status__in=OVER).select_related("partner__asset")


def shown_ties(home: Home) -> list[Partnership]:
    """Return them by name: neither their order nor anything else tells of the log."""
    return sorted(offered_ties(home), key=lambda tie: str(tie.partner).casefold())[:MOST]
