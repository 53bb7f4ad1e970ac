"""The demo's plans: one of Larkfield House in the middle, and the one before it."""

import datetime as dt

import pytest
from django.utils import timezone

from fans.learning.models import Action, Plan, State
from fans.learning.reports import last_times, plan_shown

pytestmark = pytest.mark.usefixtures("demo_loaded")


def test_larkfield_house_is_in_the_middle_of_a_plan():
    plan = Plan.objects.going_on().get(home__name="Larkfield House")
    shown = plan_shown(plan, own_team=True)

    assert [group.id for group in shown.asked] == ["residents", "relatives", "staff"]
    assert shown.comparison is not None
    assert [action.state for action in shown.actions] == [State.STARTED, State.PLANNED]
    assert len(shown.links.signs) == 2
    assert [talk.people_count for talk in last_times(plan, "relatives")] == [4]


def test_a_first_step_is_due_within_48_hours_of_loading():
    waiting = Action.objects.with_step_to_take().get()

    left = waiting.first_due_at - timezone.now()
    assert dt.timedelta(0) < left <= dt.timedelta(hours=48)
    assert waiting.owner is not None
    assert waiting.links.filter(tie__isnull=False).exists()
