"""The demo's plans: one of Larkfield House in the middle, and the one before it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from config.demo.calendar import Calendar
from config.demo.words import words
from fans.connections.rhythm import months_after
from fans.connections.wishes.models import Wish
from fans.learning.models import (
    FIRST_STEP_WITHIN,
    REVIEW_MONTHS,
    Action,
    Comparison,
    Link,
    Plan,
    Review,
    State,
    Talk,
)
from fans.openness.models import Wave
from fans.people.models import Person
from homes.models import Home


def make_plans(
    homes: Mapping[str, Home], dates: Calendar, people: Mapping[str, Person]
) -> list[Plan]:
    """Write the plans, each on its own days: the services take today alone."""
    return [_plan(homes[row["home"]], row, dates, people) for row in words("plans")["plans"]]


def _plan(
    home: Home, row: dict[str, Any], dates: Calendar, people: Mapping[str, Person]
) -> Plan:
    started_on = dates.today + dt.timedelta(days=row["day"])
    waves = Wave.objects.filter(enrolment__home=home, opens_on__lte=started_on)
    plan = Plan.objects.create(
        home=home,
        wave=waves.order_by("-opens_on").first(),
        topic=row["topic"],
        title=row["title"],
        started_on=started_on,
        ended_on=dates.today + dt.timedelta(days=row["ended"]) if "ended" in row else None,
        written_by=people["manager"],
    )
    _link(plan, None, row)
    for said in row["talks"]:
        Talk.objects.create(
            plan=plan,
            group=said["group"],
            people_count=said["people"],
            talked_on=dates.today + dt.timedelta(days=said["day"]),
            said=said["said"],
            matters=said["matters"],
            written_by=people["coordinator"],
        )
    if "differs" in row:
        Comparison.objects.create(
            plan=plan,
            alike=row["alike"],
            differs=row["differs"],
            compared_on=dates.today + dt.timedelta(days=row["actions"][0]["day"]),
            written_by=people["manager"],
        )
    for each in row["actions"]:
        _action(plan, each, dates, people)
    return plan


def _action(
    plan: Plan, row: dict[str, Any], dates: Calendar, people: Mapping[str, Person]
) -> None:
    planned_at = _noon(dates.today, row["day"])
    done = "done" in row
    action = Action.objects.create(
        plan=plan,
        what=row["what"],
        first_step=row["first"],
        how_known=row["known"],
        planned_at=planned_at,
        first_due_at=planned_at + FIRST_STEP_WITHIN,
        first_done_at=_noon(dates.today, row["taken"]) if "taken" in row else None,
        owner=people[row["owner"]],
        owner_role=row["role"],
        state=State.DONE if done else State.STARTED if "taken" in row else State.PLANNED,
        started_on=_noon(dates.today, row["taken"]).date() if "taken" in row else None,
        done_on=_noon(dates.today, row["done"]).date() if done else None,
        written_by=people["manager"],
    )
    _link(plan, action, row)
    for month in REVIEW_MONTHS:
        due_on = months_after(planned_at.date(), month)
        Review.objects.create(action=action, month=month, due_on=due_on)


def _link(plan: Plan, action: Action | None, row: dict[str, Any]) -> None:
    ties = {str(tie.partner): tie for tie in plan.home.partnerships.all()}
    wishes = Wish.objects.filter(home=plan.home)
    links = [
        *({"sign": sign} for sign in row.get("signs", ())),
        *({"wish": wishes.get(text=text)} for text in row.get("wishes", ())),
        *({"tie": ties[partner]} for partner in row.get("ties", ())),
    ]
    for link in links:
        Link.objects.create(plan=plan, action=action, **link)


def _noon(today: dt.date, days: int) -> dt.datetime:
    day = today + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(12), timezone.get_current_timezone())
