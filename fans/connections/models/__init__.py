"""Partners, partnerships, connections, tallies, and what lies within a home's reach."""

from fans.connections.models.log import (
    HOME_ASSET_PREFIX,
    PERIOD_DAYS,
    UNDO_WINDOW,
    Connection,
    ConnectionQuerySet,
    ConnectionType,
    Direction,
    Gift,
    LogSource,
    Origin,
    Rating,
    StaffRole,
)
from fans.connections.models.partners import (
    OUTSIDE_COMMUNITY,
    OVER,
    Arranger,
    DeclinedReason,
    Depth,
    Partner,
    PartnerKind,
    Partnership,
    PartnershipStatus,
    TieSide,
)
from fans.connections.models.reach import REACH_M, Reach
from fans.connections.models.tallies import Tally

__all__ = [
    "HOME_ASSET_PREFIX",
    "OUTSIDE_COMMUNITY",
    "OVER",
    "PERIOD_DAYS",
    "REACH_M",
    "UNDO_WINDOW",
    "Arranger",
    "Connection",
    "ConnectionQuerySet",
    "ConnectionType",
    "DeclinedReason",
    "Depth",
    "Direction",
    "Gift",
    "LogSource",
    "Origin",
    "Partner",
    "PartnerKind",
    "Partnership",
    "PartnershipStatus",
    "Rating",
    "Reach",
    "StaffRole",
    "Tally",
    "TieSide",
]
