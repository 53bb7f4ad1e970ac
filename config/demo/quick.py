"""A sheet with a code in the demo's staff room, and what was noted from it and waits."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from config.demo.calendar import Calendar
from config.demo.ties import Tie
from config.demo.words import words
from fans.connections.quick.models import QuickEntry
from fans.connections.quick.services.codes import make_code
from fans.connections.quick.services.noting import note_entry
from fans.people.models import Person
from homes.models import Home

_WORKS_FOR = dt.timedelta(days=92)


def make_sheet(
    homes: Mapping[str, Home], ties: Sequence[Tie], dates: Calendar, by: Person
) -> list[QuickEntry]:
    """Hang up a sheet, and note from it what the home's team has not looked at yet."""
    plan = words("quick")
    home = homes[plan["home"]]
    _, token = make_code(
        home=home, by=by, hangs_at=plan["hangs_at"], expires_on=dates.today + _WORKS_FOR
    )
    known = {
        str(tie.partnership.partner): tie.partnership
        for tie in ties
        if tie.home_key == plan["home"]
    }
    return [
        note_entry(
            token=token,
            client_uuid=uuid.uuid4(),
            partnership=known[row["tie"]] if "tie" in row else None,
            who=row.get("who", ""),
            happened_on=dates.today - dt.timedelta(days=row["days_ago"]),
            direction=row["direction"],
            residents_count=row["residents_count"],
            community_count=row["community_count"],
            rating=row["rating"],
            note=row["note"],
        )
        for row in plan["noted"]
    ]
