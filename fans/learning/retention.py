"""How long plans, what groups said, and what was taken out are kept."""

import datetime as dt
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from fans.learning.models import Action, Comparison, Plan, Talk
from fans.people.privacy.forgetting import forget_history
from fans.people.privacy.retention import RowsRule, end_of, register


def removed_plans(last: dt.date) -> QuerySet[Plan]:
    """Return plans that were taken out and not brought back."""
    return Plan.objects.removed().filter(removed_at__lt=end_of(last))


def removed_talks(last: dt.date) -> QuerySet[Talk]:
    """Return talks that were taken out and not brought back."""
    return Talk.objects.removed().filter(removed_at__lt=end_of(last))


def removed_actions(last: dt.date) -> QuerySet[Action]:
    """Return actions that were taken out and not brought back."""
    return Action.objects.removed().filter(removed_at__lt=end_of(last))


def old_talks(last: dt.date) -> QuerySet[Talk]:
    """Return talks long past that still have their words."""
    return Talk.objects.filter(words_gone_on__isnull=True, talked_on__lte=last)


def old_comparisons(last: dt.date) -> QuerySet[Comparison]:
    """Return comparisons long past that still have their words."""
    return Comparison.objects.filter(words_gone_on__isnull=True, compared_on__lte=last)


def old_plans(last: dt.date) -> QuerySet[Plan]:
    """Return plans begun years ago, whatever became of them."""
    return Plan.objects.filter(started_on__lte=last)


def blank_talks(rows: QuerySet[Any]) -> None:
    """Keep that there was a talk, and no word of it."""
    _blank(rows, said="", matters="")


def blank_comparisons(rows: QuerySet[Any]) -> None:
    """Keep that groups were compared, and no word of it."""
    _blank(rows, alike="", differs="")


def _blank(rows: QuerySet[Any], **words: str) -> None:
    ids = set(rows.values_list("pk", flat=True))
    rows.update(words_gone_on=timezone.localdate(), **words)
    forget_history({rows.model: ids})


def register_rules() -> None:
    """Add the rules of this room; again changes nothing."""
    for rule in _RULES:
        register(rule)


_TAKEN_OUT: Final[dict[str, Any]] = {
    "why": "So that a slip can be undone.",
    "setting": "PLANS_REMOVED_DAYS",
    "done": "Deleted, with its history and all that hangs on it.",
    "dated_by": "removed_at",
}
_WORDS: Final[dict[str, Any]] = {
    "why": "So that it stands there next time; later those who spoke may not be here.",
    "setting": "PLAN_WORDS_MONTHS",
    "done": "The words go, with their history; the group and the day stay.",
}

_RULES: Final = (
    RowsRule(
        slug="plans_removed",
        label="Plans that were taken out",
        rows=removed_plans,
        **_TAKEN_OUT,
    ),
    RowsRule(
        slug="plan_talks_removed",
        label="Talks with groups that were taken out of a plan",
        rows=removed_talks,
        **_TAKEN_OUT,
    ),
    RowsRule(
        slug="plan_actions_removed",
        label="Actions that were taken out of a plan",
        rows=removed_actions,
        **_TAKEN_OUT,
    ),
    RowsRule(
        slug="plan_talks",
        label="What groups said when a plan was talked over",
        rows=old_talks,
        dated_by="talked_on",
        act=blank_talks,
        **_WORDS,
    ),
    RowsRule(
        slug="plan_comparisons",
        label="What a home wrote when it laid groups side by side",
        rows=old_comparisons,
        dated_by="compared_on",
        act=blank_comparisons,
        **_WORDS,
    ),
    RowsRule(
        slug="plans",
        label="Plans of a home, with their actions",
        why="So that a home sees what it set out to do, and what came of it.",
        setting="PLANS_MONTHS",
        done="Deleted, with its history and all that hangs on it.",
        rows=old_plans,
        dated_by="started_on",
    ),
)
