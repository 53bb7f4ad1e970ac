"""What a plan looks like to whoever may read it, and what waits in the plans of a home."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from fans.learning.groups import GROUPS
from fans.learning.models import Action, Comparison, Link, Plan, Review, State, Talk
from fans.learning.signs import name_of
from fans.people.models import Person
from homes.models import Home

LAST_TIMES: Final = 2
"""So many earlier talks of a group are shown beside a new one."""


@dataclass(frozen=True)
class GroupShown:
    """One group, and what it said, newest first."""

    id: str
    name: str
    talks: list[Talk]
    kept_back_count: int = 0  # talks that only the home's own team reads

    @property
    def was_asked(self) -> bool:
        """Say whether anybody has talked with them."""
        return bool(self.talks or self.kept_back_count)


@dataclass(frozen=True)
class LinksShown:
    """What a plan or an action has to do with, by name."""

    signs: list[tuple[str, str]]  # id and name
    wishes: list[Any]
    ties: list[Any]

    def __bool__(self) -> bool:
        return bool(self.signs or self.wishes or self.ties)


@dataclass(frozen=True)
class PlanShown:
    """A plan as a page shows it."""

    plan: Plan
    groups: list[GroupShown]
    comparison: Comparison | None
    actions: list[Action]  # each with its reviews
    links: LinksShown
    earlier: list[Plan]

    @property
    def asked(self) -> list[GroupShown]:
        """The groups that were talked with."""
        return [group for group in self.groups if group.was_asked]

    @property
    def not_asked(self) -> list[GroupShown]:
        """The groups whose view is still missing."""
        return [group for group in self.groups if not group.was_asked]

    @property
    def done_count(self) -> int:
        """How many actions are done."""
        return sum(action.state == State.DONE for action in self.actions)


def plan_shown(plan: Plan, *, own_team: bool) -> PlanShown:
    """Gather a plan: seven queries. Others than the home's team read no few people's words."""
    talks = list(plan.talks.standing())
    links = list(plan.links.select_related("wish", "tie__partner__asset"))
    actions = plan.actions.standing().select_related("owner").prefetch_related("reviews")
    return PlanShown(
        plan=plan,
        groups=[_group(id, name, talks, own_team=own_team) for id, name in GROUPS.items()],
        comparison=Comparison.objects.filter(plan=plan).first(),
        actions=list(actions),
        links=links_shown(
            (link for link in links if link.action_id is None), own_team=own_team
        ),
        earlier=list(earlier_plans(plan)),
    )


def _group(id: str, name: str, talks: list[Talk], *, own_team: bool) -> GroupShown:
    theirs = [talk for talk in talks if talk.group == id]
    read = [talk for talk in theirs if own_team or talk.may_be_read_outside]
    return GroupShown(id, name, read, kept_back_count=len(theirs) - len(read))


def links_shown(links: Any, *, own_team: bool) -> LinksShown:
    """Name what is linked; wishes in their words are for the home's own team."""
    rows: list[Link] = list(links)
    return LinksShown(
        signs=[(row.sign, name_of(row.sign)) for row in rows if row.sign],
        wishes=[row.wish for row in rows if row.wish and own_team],
        ties=[row.tie for row in rows if row.tie],
    )


def earlier_plans(plan: Plan) -> Any:
    """Return the home's earlier plans on the same topic, newest first."""
    same = Plan.objects.standing().filter(home=plan.home_id, topic=plan.topic)
    return same.filter(pk__lt=plan.pk)


def last_times(plan: Plan, group: str) -> list[Talk]:
    """Return what a group said when the home last talked about this topic, newest first."""
    talks = Talk.objects.standing().filter(plan__in=earlier_plans(plan), group=group)
    return list(talks.exclude(said="")[:LAST_TIMES])


@dataclass(frozen=True)
class PlanRow:
    """One plan in a home's list."""

    plan: Plan
    groups_count: int
    is_compared: bool
    actions_count: int
    done_count: int
    next_due_at: dt.datetime | None  # of the first step that waits longest


def rows_of(home: Home) -> list[PlanRow]:
    """Return a home's plans, newest first: three queries, however many."""
    plans = Plan.objects.standing().of_home(home).select_related("comparison")
    found: Any = plans.prefetch_related("talks", "actions")
    return [_row(plan) for plan in found]


def _row(plan: Plan) -> PlanRow:
    talks = [talk for talk in plan.talks.all() if talk.removed_at is None]
    actions = [action for action in plan.actions.all() if action.removed_at is None]
    waiting = [a.first_due_at for a in actions if a.is_open and a.first_done_at is None]
    return PlanRow(
        plan=plan,
        groups_count=len({talk.group for talk in talks}),
        is_compared=hasattr(plan, "comparison"),
        actions_count=len(actions),
        done_count=sum(action.state == State.DONE for action in actions),
        next_due_at=min(waiting, default=None),
    )


@dataclass(frozen=True)
class Waiting:
    """What waits in the plans of some homes: first steps, and looks back that are due."""

    steps: list[Action]
    reviews: list[Review]

    def __bool__(self) -> bool:
        return bool(self.steps or self.reviews)


def waiting_for(person: Person, home: Home) -> Waiting:
    """Return what one of a home's team is to see to: theirs, and what no person has."""
    theirs = Q(owner=person) | Q(owner__isnull=True)
    of_theirs = Q(action__owner=person) | Q(action__owner__isnull=True)
    steps = steps_to_take().filter(theirs, plan__home=home)
    reviews = reviews_due(timezone.localdate()).filter(of_theirs, action__plan__home=home)
    return Waiting(
        steps=list(steps.select_related("plan")),
        reviews=list(reviews.select_related("action__plan")),
    )


def steps_to_take() -> Any:
    """Return the actions whose first step nobody has taken, the oldest first."""
    return Action.objects.with_step_to_take().order_by("first_due_at", "pk")


def reviews_due(today: dt.date) -> Any:
    """Return the looks back whose day has come, the oldest first.

    An action that was let go needs none; of one that is done, whether it still goes on.
    """
    due = Review.objects.filter(held_on__isnull=True, due_on__lte=today)
    standing = due.filter(
        action__removed_at__isnull=True,
        action__plan__removed_at__isnull=True,
        action__plan__ended_on__isnull=True,
    )
    return standing.exclude(action__state=State.LET_GO).order_by("due_on", "pk")
