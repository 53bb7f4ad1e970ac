"""What waits for a home team, with what they need to decide."""

from collections import Counter
from dataclasses import dataclass

from fans.connections.models import Connection
from fans.connections.quick.models import QuickEntry
from homes.models import Home


@dataclass(frozen=True)
class Waiting:
    """Something noted, and what else is known of it."""

    entry: QuickEntry
    in_log: bool  # the log has something with this tie on that day already
    twice: bool  # something else that waits is about the same tie and day


def waiting_for(home: Home) -> list[Waiting]:
    """Return what waits for a home's team, the oldest day first. Two queries."""
    entries = list(
        QuickEntry.objects.waiting()
        .of_homes([home])
        .select_related("code", "partnership__partner__asset")
    )
    days = Counter(_about(entry) for entry in entries)
    logged = set(
        Connection.objects.standing()
        .filter(home=home, happened_on__in={entry.happened_on for entry in entries})
        .values_list("partnership_id", "happened_on")
    )
    return [
        Waiting(
            entry=entry,
            in_log=(entry.partnership_id, entry.happened_on) in logged,
            twice=days[_about(entry)] > 1,
        )
        for entry in entries
    ]


def _about(entry: QuickEntry) -> tuple[object, ...]:
    return (entry.partnership_id, entry.who.casefold(), entry.happened_on)
