"""One home's score after an entry: planned once, however often it is asked for."""

import pytest
from django.db import connection
from django.utils import timezone

from fans.openness.lived.models import LivedScore
from fans.openness.lived.services import refresh, score_all
from tests import factories

pytestmark = pytest.mark.django_db


def plans_kept():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'lived%'")
        return cursor.fetchone()[0]


def stored(home):
    kept = LivedScore.objects.filter(home=home)
    return kept.values("as_of", "counts", "raws", "bands", "lived").get()


def test_a_plan_is_made_once_and_scores_each_home_as_the_night_does():
    homes = [
        factories.ConnectionFactory(happened_on=timezone.localdate()).home for _ in range(2)
    ]
    for home in [*homes, *homes]:
        refresh([home.pk])
    assert plans_kept() == 1
    found = [stored(home) for home in homes]
    score_all()
    assert found == [stored(home) for home in homes]


def test_a_connection_that_a_pool_has_cleared_is_planned_for_again():
    home = factories.HomeFactory()
    refresh([home.pk])
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    LivedScore.objects.all().delete()
    refresh([home.pk])
    assert stored(home)["as_of"] == timezone.localdate()
