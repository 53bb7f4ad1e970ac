"""What the demo's people said of their reminders: which day, and one put off."""

from collections.abc import Mapping

from django.utils import timezone

from fans.connections.nudges.models import Weekday
from fans.connections.nudges.rules import Kind
from fans.connections.nudges.services import Later, choose, set_aside
from fans.connections.nudges.waiting import nudges_for
from fans.connections.nudges.weeks import How
from fans.people.models import Person


def make_reminders(people: Mapping[str, Person]) -> int:
    """Let the champion choose Thursday, and the coordinator put one thing off; return how many.

    They go with the people.
    """
    today = timezone.localdate()
    choose(by=people["champion"], how=How.WEEKLY, weekday=Weekday.THURSDAY)
    coordinator = people["coordinator"]
    shown, _ = nudges_for(coordinator, today)
    later = [one for one in shown if one.standing.kind == Kind.HAND_OVER]
    for one in later:
        kind, thing_id = one.key
        set_aside(by=coordinator, kind=kind, thing_id=thing_id, word=Later.WEEK, today=today)
    return len(later)
