"""What groups said goes after two years, what was taken out after a month."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from fans.learning import retention, services
from fans.learning.models import Action, Comparison, Plan, Talk
from fans.people.audit.erasing import erasing
from fans.people.privacy.retention import rules

pytestmark = pytest.mark.django_db
LAST = dt.date(2026, 11, 1)


def rule(slug):
    return next(rule for rule in rules() if rule.slug == slug)


def applied(slug):
    with erasing():
        return rule(slug).apply()


def history(model, word):
    """Count the rows of history that hold a word."""
    table = f"{model._meta.db_table}event"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{word}%"])
        return cursor.fetchone()[0]


def test_the_words_of_a_talk_go_with_their_history_and_the_day_stays(plan, helen):
    months = settings.RETENTION["PLAN_WORDS_MONTHS"]
    long_ago = timezone.localdate() - dt.timedelta(days=31 * months)
    old = services.keep_talk(
        plan=plan, by=helen, group="staff", said="We ring.", talked_on=long_ago
    )
    new = services.keep_talk(plan=plan, by=helen, group="staff", said="We knock.")
    for talk, said in ((old, "We ring twice."), (new, "We knock twice.")):
        services.change_talk(
            talk=talk, by=helen, version=1, said=said, matters="", people_count=None,
            talked_on=talk.talked_on,
        )  # fmt: skip
    assert history(Talk, "We ring.") == 1

    assert applied("plan_talks") == 1

    old.refresh_from_db()
    assert (old.said, old.talked_on, old.group) == ("", long_ago, "staff")
    assert Talk.objects.get(pk=new.pk).said == "We knock twice."
    assert (history(Talk, "We ring"), history(Talk, "We knock.")) == (0, 1)
    assert rule("plan_talks").find().count == 0


def test_the_words_of_a_comparison_go_alike(plan, helen):
    services.compare(plan=plan, by=helen, version=0, alike="", differs="The bell")
    Comparison.objects.update(compared_on=dt.date(2020, 1, 1))

    assert applied("plan_comparisons") == 1

    assert Comparison.objects.get().differs == ""
    assert history(Comparison, "The bell") == 0


def test_what_was_taken_out_is_deleted_after_a_month(plan, action, helen):
    services.remove(row=action, by=helen)
    assert applied("plan_actions_removed") == 0

    Action.objects.update(removed_at=timezone.now() - dt.timedelta(days=32))
    assert applied("plan_actions_removed") == 1
    assert not Action.objects.exists()

    Plan.objects.update(removed_at=timezone.now() - dt.timedelta(days=32))
    assert applied("plans_removed") == 1
    assert not Plan.objects.exists()


def test_plans_go_after_six_years(plan):
    assert list(retention.old_plans(LAST)) == []
    Plan.objects.update(started_on=dt.date(2020, 1, 1))

    assert applied("plans") == 1
    assert not Plan.objects.exists()
