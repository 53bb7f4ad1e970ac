"""What the demo's people asked and wait for, and what they said of their reminders."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils import timezone

from config.demo.ties import Tie
from fans.connections.nudges.models import Weekday
from fans.connections.nudges.rules import Kind
from fans.connections.nudges.services import Later, choose, set_aside
from fans.connections.nudges.waiting import nudges_for
from fans.connections.nudges.weeks import How
from fans.connections.ties.services import approach
from fans.people.models import Person


def ask_again(ties: Iterable[Tie], by: Person) -> None:
    """Let those whom the demo's homes asked leave them waiting; one wants to hear again."""
    today = timezone.localdate()
    waiting = [tie.partnership for tie in ties if tie.partnership.status == "asked"]
    for number, tie in enumerate(waiting):
        approach(
            partnership=tie,
            by=by,
            channel=("phone", "visit", "letter")[number % 3],
            asked_on=today - dt.timedelta(days=10 - 3 * (number % 3)),
            follow_up_on=today if number == 1 else None,
        )


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
