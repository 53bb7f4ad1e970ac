"""Volunteers: what they offer, how far they have come, what was decided, hours given."""

from fans.people.volunteers.models.hours import HoursEntry
from fans.people.volunteers.models.offering import Application, Guardian
from fans.people.volunteers.models.pathway import (
    InductionTick,
    Reference,
    StageEvent,
    Vetting,
)
from fans.people.volunteers.models.volunteer import (
    PATHWAY,
    QUIET_AFTER,
    AgeBand,
    Stage,
    Travel,
    Volunteer,
    VolunteerKind,
)

__all__ = [
    "PATHWAY",
    "QUIET_AFTER",
    "AgeBand",
    "Application",
    "Guardian",
    "HoursEntry",
    "InductionTick",
    "Reference",
    "Stage",
    "StageEvent",
    "Travel",
    "Vetting",
    "Volunteer",
    "VolunteerKind",
]
