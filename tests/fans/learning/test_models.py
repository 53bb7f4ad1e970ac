"""The rules of the tables, each broken once."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fans.learning import services
from fans.learning.models import Action, Comparison, Link, Plan, Reminded, Review, Talk
from homes.merging import merge_homes
from tests import factories

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 10, 1)


def refuses(row, constraint, **broken):
    """Write past all forms, and say whether the database minds."""
    rows = type(row)._base_manager.filter(pk=row.pk)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        rows.update(**broken)


@pytest.fixture
def talk(plan, helen):
    return services.keep_talk(plan=plan, by=helen, group="relatives", said="We ring twice.")


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"topic": "gossip"}, "learning_plan_topic_known"),
        ({"title": ""}, "learning_plan_has_title"),
        ({"ended_on": dt.date(2020, 1, 1)}, "learning_plan_ends_after_start"),
    ],
)
def test_a_plan_cannot_be_otherwise(plan, broken, constraint):
    refuses(plan, constraint, **broken)


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"group": "inspectors"}, "learning_talk_group_known"),
        ({"people_count": 0}, "learning_talk_with_somebody"),
        ({"people_count": 201}, "learning_talk_with_somebody"),
        ({"said": ""}, "learning_talk_has_words"),
        ({"words_gone_on": DAY}, "learning_talk_has_words"),
    ],
)
def test_a_talk_cannot_be_otherwise(talk, broken, constraint):
    refuses(talk, constraint, **broken)


def test_a_comparison_says_something(plan, helen):
    row = services.compare(plan=plan, by=helen, version=0, alike="", differs="The bell")

    refuses(row, "learning_comparison_has_words", differs="")
    refuses(row, "learning_comparison_has_words", words_gone_on=DAY)


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"what": ""}, "learning_action_has_words"),
        ({"first_step": ""}, "learning_action_has_words"),
        ({"how_known": ""}, "learning_action_has_words"),
        ({"owner_role": "mayor"}, "learning_action_owner_known"),
        ({"state": "lost"}, "learning_action_state_has_its_day"),
        ({"state": "done"}, "learning_action_state_has_its_day"),
        ({"state": "started"}, "learning_action_state_has_its_day"),
        ({"let_go_on": DAY}, "learning_action_state_has_its_day"),
    ],
)
def test_an_action_cannot_be_otherwise(action, broken, constraint):
    refuses(action, constraint, **broken)


@pytest.mark.parametrize("hours", [-1, 49])
def test_the_first_step_of_an_action_is_due_within_48_hours(action, hours):
    late = action.planned_at + dt.timedelta(hours=hours)

    refuses(action, "learning_action_first_within_48_hours", first_due_at=late)


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"month": 9}, "learning_review_month_known"),
        ({"month": 6}, "learning_review_once"),
        ({"held_on": DAY}, "learning_review_held_with_words"),
        ({"verdict": "keep"}, "learning_review_held_with_words"),
        ({"held_on": DAY, "verdict": "keep"}, "learning_review_held_with_words"),
        (
            {"held_on": DAY, "verdict": "sell", "changed": "x"},
            "learning_review_held_with_words",
        ),
    ],
)
def test_a_look_back_cannot_be_otherwise(action, broken, constraint):
    refuses(action.reviews.get(month=3), constraint, **broken)


def test_a_link_leads_to_one_thing_alone(plan):
    link = plan.links.get()
    wish = factories.WishFactory(home=plan.home)

    refuses(link, "learning_link_to_one_thing", wish=wish)
    refuses(link, "learning_link_to_one_thing", sign="")
    refuses(link, "learning_link_sign_is_an_id", sign="open")


def test_nobody_is_reminded_of_one_thing_twice(action, grace):
    day = timezone.localdate()
    row = Reminded.objects.create(person=grace, action=action, month=0, on=day)

    with pytest.raises(IntegrityError, match="learning_reminded_once"), transaction.atomic():
        Reminded.objects.create(person=grace, action=action, month=0, on=day)
    refuses(row, "learning_reminded_month_known", month=9)


def test_plans_stay_with_the_record_of_a_home_that_stays(plan):
    kept = factories.HomeFactory(name="Larkfield", beds=0)

    merge_homes(kept=kept, leaving=plan.home)

    assert Plan.objects.get().home == kept


def test_no_row_is_called_by_its_words(plan, talk, action, helen):
    services.compare(plan=plan, by=helen, version=0, alike="", differs="The bell")
    rows = [*Plan.objects.all(), *Talk.objects.all(), *Action.objects.all()]
    rows += [*Comparison.objects.all(), *Review.objects.all(), *Link.objects.all()]

    assert all("Larkfield House" in str(row) for row in rows)
    assert not any(word in str(row) for row in rows for word in ("welcome", "ring", "gate"))
